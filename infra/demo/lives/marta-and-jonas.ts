import type { Life } from "../life";

/** Hamburg. Move in together, open a joint account at the counter; Marta closes her own. */
export const martaAndJonas: Life = {
  utcOffset: 1,
  accounts: [
    {
      key: "joint",
      nickname: "Household",
      holders: ["marta", "jonas"],
      currency: "EUR",
      product: "current",
      openedBy: "ines",
      openedOnDay: 12,
      habits: [
        { every: "once", days: [12], flow: "in", amount: [200_000n, 200_000n], texts: ["Cash, paid in at the counter"], by: "ines" },
        { every: "month", on: 27, weekday: true, risePercent: 3, flow: "in", amount: [274_310n, 274_310n], texts: ["Salary Marta, Nordhafen Logistik"] },
        { every: "month", on: 28, weekday: true, flow: "in", amount: [241_880n, 241_880n], texts: ["Salary Jonas, Gymnasium Altona"] },
        { every: "month", on: 8, flow: "in", amount: [25_500n, 25_500n], texts: ["Child benefit"] },
        { every: "month", on: 1, flow: "out", amount: [148_000n, 148_000n], texts: ["Rent, Ottensen"] },
        { every: "month", on: 2, flow: "out", amount: [31_000n, 31_000n], texts: ["Day nursery"] },
        { every: "month", on: 6, flow: "out", amount: [9_900n, 16_400n], texts: ["Electricity and gas"] },
        { every: "saving", on: 29, keep: 480_000n, step: 5_000n, text: "Home savings plan" },
        { every: "month", on: 15, flow: "out", amount: [5_498n, 5_498n], texts: ["Internet and two telephones"] },
        { every: "month", on: 18, flow: "out", amount: [21_750n, 21_750n], texts: ["Insurances"] },
        { every: "week", times: 4.2, hours: [15, 20], flow: "out", amount: [1_150n, 9_400n], texts: ["Groceries", "Drugstore", "Weekly market", "Bakery", "Big shopping"] },
        { every: "week", times: 2.4, hours: [9, 18], flow: "out", amount: [250n, 2_200n], texts: ["Playground café", "Bus", "Ice cream", "Library fee", "Lunch"] },
        { every: "week", times: 1.3, hours: [10, 19], flow: "out", amount: [1_200n, 8_900n], texts: ["Children’s clothes", "Toys", "Pharmacy", "Petrol", "Garden centre"] },
        { every: "week", times: 0.5, hours: [18, 22], flow: "out", amount: [1_900n, 6_800n], texts: ["Babysitter", "Pizza", "Zoo", "Swimming pool"] },
        { every: "day", times: 3, from: 320, days: 12, flow: "out", amount: [600n, 9_800n], texts: ["Holiday house, Bornholm", "Smoked fish", "Ferry", "Bicycle hire", "Ice cream"] },
        { every: "overreach", daysAgo: [4, 97], amount: [989_000n, 1_045_000n], step: 1_000n, texts: ["Cargo bicycle"] },
        { every: "overreach", daysAgo: [355], amount: [1_390_000n, 1_390_000n], texts: ["Used car"] },
      ],
    },
    {
      key: "marta-own",
      holders: ["marta"],
      currency: "EUR",
      product: "current",
      openedBy: "marta",
      openedOnDay: 5,
      closedOnDay: 275,
      habits: [
        { every: "once", days: [5], flow: "in", amount: [64_000n, 64_000n], texts: ["Opening deposit"] },
        { every: "month", on: 26, flow: "in", amount: [18_000n, 18_000n], texts: ["Weekend job, bookshop"] },
        { every: "week", times: 1.8, hours: [9, 20], flow: "out", amount: [450n, 3_200n], texts: ["Yoga", "Lunch with Ola", "Novel", "Coffee"] },
      ],
    },
  ],
};
