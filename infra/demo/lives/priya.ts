import type { Life } from "../life";

/** London. Edits films, rents a room out, saves for a flat. */
export const priya: Life = {
  utcOffset: 0,
  accounts: [
    {
      key: "priya-current",
      holders: ["priya"],
      currency: "GBP",
      product: "current",
      openedBy: "priya",
      openedOnDay: 6,
      habits: [
        { every: "once", days: [6], flow: "in", amount: [150_000n, 150_000n], texts: ["Opening deposit"] },
        { every: "month", on: 28, weekday: true, risePercent: 3, flow: "in", amount: [298_420n, 298_420n], texts: ["Salary, Lantern Pictures Ltd"] },
        { every: "month", on: 2, flow: "in", amount: [65_000n, 65_000n], texts: ["Rent from my lodger"] },
        { every: "month", on: 1, risePercent: 5, flow: "out", amount: [168_000n, 168_000n], texts: ["Rent, Brockley"] },
        { every: "month", on: 4, flow: "out", amount: [14_200n, 14_200n], texts: ["Council tax"] },
        { every: "month", on: 8, flow: "out", amount: [7_900n, 15_100n], texts: ["Gas and electricity"] },
        { every: "month", on: 16, flow: "out", amount: [3_200n, 3_200n], texts: ["Broadband"] },
        { every: "saving", on: 29, keep: 140_000n, step: 5_000n, text: "To the flat fund", into: { account: "priya-savings", text: "From current account" } },
        { every: "week", times: 2.3, hours: [18, 21], flow: "out", amount: [980n, 5_640n], texts: ["Groceries", "Spice shop", "Farmers’ market", "Corner shop"] },
        { every: "week", times: 3.6, hours: [7, 19], flow: "out", amount: [180n, 560n], step: 5n, texts: ["Bus", "Overground", "Train to Soho"] },
        { every: "week", times: 1.8, hours: [8, 15], flow: "out", amount: [310n, 1_450n], texts: ["Coffee", "Lunch, Berwick Street", "Salad box", "Bagel"] },
        { every: "week", times: 0.8, hours: [19, 23], flow: "out", amount: [1_200n, 5_800n], texts: ["Curry with Dev", "Theatre", "Cinema", "Pub quiz"] },
        { every: "week", times: 0.3, hours: [10, 20], flow: "out", amount: [1_500n, 12_500n], texts: ["Hard disk", "Haircut", "Coat", "Vet for the cat"] },
        { every: "once", days: [180, 181, 182, 183, 184], flow: "out", amount: [2_000n, 16_000n], texts: ["Edinburgh, festival", "Edinburgh, guest house", "Train to Edinburgh"] },
        { every: "overreach", daysAgo: [33], amount: [389_900n, 389_900n], texts: ["Camera and two lenses"] },
        { every: "overreach", daysAgo: [290], amount: [415_000n, 415_000n], texts: ["Sofa"] },
      ],
    },
    {
      key: "priya-savings",
      nickname: "Flat fund",
      holders: ["priya"],
      currency: "GBP",
      product: "savings",
      openedBy: "priya",
      openedOnDay: 14,
      habits: [{ every: "once", days: [120], flow: "in", amount: [250_000n, 250_000n], texts: ["From my grandmother"] }],
    },
  ],
};
