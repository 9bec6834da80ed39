import type { Life } from "../life";

/** Zürich. Plays the viola, teaches it, and skis. */
export const lukas: Life = {
  utcOffset: 1,
  accounts: [
    {
      key: "lukas-current",
      holders: ["lukas"],
      currency: "CHF",
      product: "current",
      openedBy: "ines",
      openedOnDay: 9,
      habits: [
        { every: "once", days: [9], flow: "in", amount: [420_000n, 420_000n], texts: ["Opening deposit"], by: "ines" },
        { every: "month", on: 25, weekday: true, flow: "in", amount: [512_000n, 512_000n], texts: ["Salary, chamber orchestra"] },
        { every: "week", times: 0.9, hours: [15, 19], flow: "in", amount: [8_000n, 8_000n], texts: ["Viola lesson, Frau Keller", "Viola lesson, Noah", "Viola lesson, Herr Bianchi"] },
        { every: "month", on: 1, flow: "out", amount: [192_000n, 192_000n], texts: ["Rent, Wipkingen"] },
        { every: "month", on: 3, risePercent: 6, flow: "out", amount: [38_740n, 38_740n], texts: ["Health insurance"] },
        { every: "month", on: 5, flow: "out", amount: [18_500n, 18_500n], texts: ["Railway pass"] },
        { every: "month", on: 12, flow: "out", amount: [6_900n, 6_900n], texts: ["Internet and telephone"] },
        { every: "saving", on: 27, keep: 540_000n, step: 10_000n, text: "Pension plan" },
        { every: "week", times: 2.5, hours: [17, 20], flow: "out", amount: [1_450n, 9_250n], step: 5n, texts: ["Groceries", "Cheese shop", "Market, Helvetiaplatz", "Bakery"] },
        { every: "week", times: 1.8, hours: [9, 15], flow: "out", amount: [480n, 2_650n], step: 5n, texts: ["Coffee", "Lunch, concert hall", "Lunch menu"] },
        { every: "week", times: 0.7, hours: [19, 23], flow: "out", amount: [2_200n, 11_800n], step: 5n, texts: ["Dinner after the concert", "Fondue with friends", "Cinema"] },
        { every: "week", times: 0.25, hours: [10, 18], flow: "out", amount: [1_900n, 22_000n], step: 5n, texts: ["Strings and rosin", "Sheet music", "Luthier", "Dentist"] },
        { every: "day", times: 2, from: 255, days: 8, flow: "out", amount: [1_500n, 9_800n], step: 5n, texts: ["Ski pass, Engadin", "Mountain hut", "Ski hire", "Hotel, Pontresina"] },
        { every: "overreach", daysAgo: [45, 320], amount: [1_180_000n, 1_440_000n], step: 10_000n, texts: ["Viola bow, atelier Rossi"] },
      ],
    },
  ],
};
