import type { Life } from "../life";

/** Tokyo. Nurse, commutes, eats well, visits her parents in Sendai. */
export const yuki: Life = {
  utcOffset: 9,
  accounts: [
    {
      key: "yuki-current",
      holders: ["yuki"],
      currency: "JPY",
      product: "current",
      openedBy: "yuki",
      openedOnDay: 2,
      habits: [
        { every: "once", days: [2], flow: "in", amount: [350_000n, 350_000n], texts: ["Opening deposit"] },
        { every: "month", on: 25, weekday: true, risePercent: 2, flow: "in", amount: [312_400n, 312_400n], texts: ["Salary, Setagaya Hospital"] },
        { every: "once", days: [52, 235, 418], flow: "in", amount: [420_000n, 510_000n], step: 1_000n, texts: ["Bonus, Setagaya Hospital"] },
        { every: "month", on: 27, flow: "out", amount: [98_000n, 98_000n], texts: ["Rent, Sangenjaya"] },
        { every: "month", on: 4, flow: "out", amount: [6_400n, 11_900n], step: 1n, texts: ["Gas and electricity"] },
        { every: "month", on: 8, flow: "out", amount: [4_980n, 4_980n], texts: ["Mobile telephone"] },
        { every: "month", on: 11, flow: "out", amount: [9_570n, 9_570n], texts: ["Commuter pass, Den-en-toshi line"] },
        { every: "saving", on: 28, keep: 180_000n, step: 10_000n, text: "To savings", into: { account: "yuki-savings", text: "From current account" } },
        { every: "week", times: 3.2, hours: [17, 21], flow: "out", amount: [640n, 5_480n], step: 1n, texts: ["Supermarket", "Vegetables and tofu", "Evening market", "Groceries"] },
        { every: "week", times: 3.4, hours: [7, 15], flow: "out", amount: [140n, 1_280n], step: 10n, texts: ["Convenience store", "Bento", "Canned coffee", "Lunch set"] },
        { every: "week", times: 1.1, hours: [18, 23], flow: "out", amount: [1_800n, 8_400n], step: 10n, texts: ["Izakaya with colleagues", "Karaoke", "Cinema", "Yakitori"] },
        { every: "week", times: 0.4, hours: [10, 19], flow: "out", amount: [1_100n, 19_800n], step: 10n, texts: ["Bookshop", "Hairdresser", "Pharmacy", "Running shoes", "Kimono cleaning"] },
        { every: "once", days: [45, 128, 260, 410, 500], flow: "out", amount: [22_400n, 24_800n], step: 10n, texts: ["Shinkansen to Sendai and back"] },
        { every: "overreach", daysAgo: [7], amount: [420_000n, 420_000n], texts: ["Holiday in Okinawa"] },
        { every: "overreach", daysAgo: [240], amount: [690_000n, 690_000n], texts: ["Piano"] },
      ],
    },
    {
      key: "yuki-savings",
      holders: ["yuki"],
      currency: "JPY",
      product: "savings",
      openedBy: "yuki",
      openedOnDay: 10,
      habits: [{ every: "once", days: [365], flow: "out", amount: [180_000n, 180_000n], texts: ["Wedding present for my sister"] }],
    },
  ],
};
