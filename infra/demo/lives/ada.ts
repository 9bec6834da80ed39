import type { Life } from "../life";

/** Berlin. Builds software, cycles, saves for Japan and goes there twice. */
export const ada: Life = {
  utcOffset: 1,
  accounts: [
    {
      key: "ada-current",
      holders: ["ada"],
      currency: "EUR",
      product: "current",
      openedBy: "ada",
      openedOnDay: 0,
      habits: [
        { every: "once", days: [0], flow: "in", amount: [240_000n, 240_000n], texts: ["Opening deposit from my old bank"], by: "ines" },
        { every: "month", on: 25, weekday: true, risePercent: 4, flow: "in", amount: [391_240n, 391_240n], texts: ["Salary, Kranich Software GmbH"] },
        { every: "month", on: 1, risePercent: 3, flow: "out", amount: [112_000n, 112_000n], texts: ["Rent, Winsstraße 14"] },
        { every: "month", on: 3, flow: "out", amount: [6_300n, 6_300n], texts: ["City transport, monthly ticket"] },
        { every: "month", on: 5, flow: "out", amount: [3_499n, 3_499n], texts: ["Internet and telephone"] },
        { every: "month", on: 10, flow: "out", amount: [7_150n, 9_840n], texts: ["Electricity and heating"] },
        { every: "month", on: 15, flow: "out", amount: [2_990n, 2_990n], texts: ["Climbing hall, membership"] },
        { every: "saving", on: 27, keep: 330_000n, step: 5_000n, text: "To savings", into: { account: "ada-savings", text: "From current account" } },
        { every: "week", times: 2.6, hours: [17, 20], flow: "out", amount: [1_420n, 6_890n], texts: ["Groceries, market hall", "Groceries, corner shop", "Organic market", "Bakery and cheese"] },
        { every: "week", times: 2.8, hours: [12, 14], flow: "out", amount: [790n, 1_680n], texts: ["Lunch, noodle bar", "Lunch with the team", "Soup and bread", "Falafel, Eberswalder"] },
        { every: "week", times: 1.4, hours: [8, 10], flow: "out", amount: [320n, 690n], texts: ["Coffee, Kollwitz", "Coffee and croissant"] },
        { every: "week", times: 0.7, hours: [19, 23], flow: "out", amount: [1_450n, 5_200n], texts: ["Cinema", "Dinner with Mira", "Concert ticket", "Drinks at the canal"] },
        { every: "week", times: 0.3, hours: [9, 22], flow: "out", amount: [1_990n, 14_900n], texts: ["Bicycle repair", "Books", "Winter shoes", "Pharmacy", "Present for Mira"] },
        { every: "overreach", daysAgo: [12], amount: [689_000n, 689_000n], texts: ["Touring bicycle"] },
        { every: "overreach", daysAgo: [170], amount: [940_000n, 940_000n], texts: ["Deposit for a new flat"] },
      ],
    },
    {
      key: "ada-savings",
      nickname: "Rainy days",
      holders: ["ada"],
      currency: "EUR",
      product: "savings",
      openedBy: "ada",
      openedOnDay: 3,
      habits: [
        { every: "once", days: [150, 395], flow: "out", amount: [118_000n, 142_000n], texts: ["Flights to Tokyo"], step: 100n },
        { every: "once", days: [310], flow: "out", amount: [84_900n, 84_900n], texts: ["New laptop"] },
      ],
    },
    {
      key: "ada-yen",
      nickname: "Japan",
      holders: ["ada"],
      currency: "JPY",
      product: "current",
      openedBy: "ada",
      openedOnDay: 155,
      habits: [
        { every: "once", days: [158, 402], flow: "in", amount: [170_000n, 190_000n], step: 10_000n, texts: ["Bought yen for the journey"] },
        { every: "day", times: 4, from: 175, days: 15, flow: "out", amount: [480n, 6_400n], step: 10n, texts: ["Ramen, Shimokitazawa", "Train to Nikko", "Museum", "Convenience store", "Bathhouse", "Coffee in Kyoto"] },
        { every: "day", times: 4, from: 420, days: 14, flow: "out", amount: [480n, 7_200n], step: 10n, texts: ["Bullet train", "Temple lodging", "Sushi, Kanazawa", "Ferry to Naoshima", "Stationery", "Breakfast"] },
        { every: "overreach", daysAgo: [112], amount: [412_000n, 412_000n], texts: ["Hotel in Hakone"] },
      ],
    },
  ],
};
