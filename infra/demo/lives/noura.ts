import type { Life } from "../life";

/** Kuwait. Architect; an account in euro for a course in Paris. */
export const noura: Life = {
  utcOffset: 3,
  accounts: [
    {
      key: "noura-current",
      holders: ["noura"],
      currency: "KWD",
      product: "current",
      openedBy: "noura",
      openedOnDay: 4,
      habits: [
        { every: "once", days: [4], flow: "in", amount: [1_200_000n, 1_200_000n], texts: ["Opening deposit"] },
        { every: "month", on: 24, risePercent: 5, flow: "in", amount: [1_685_500n, 1_685_500n], texts: ["Salary, Dasman Architects"] },
        { every: "month", on: 1, flow: "out", amount: [450_000n, 450_000n], texts: ["Rent, Salmiya"] },
        { every: "month", on: 7, flow: "out", amount: [14_250n, 31_900n], step: 5n, texts: ["Electricity and water"] },
        { every: "month", on: 9, flow: "out", amount: [18_000n, 18_000n], texts: ["Internet"] },
        { every: "month", on: 14, flow: "out", amount: [100_000n, 100_000n], texts: ["To my parents"] },
        { every: "saving", on: 26, keep: 1_350_000n, step: 10_000n, text: "To my investment account" },
        { every: "month", on: 20, flow: "out", amount: [86_500n, 86_500n], texts: ["Car loan"] },
        { every: "week", times: 2.4, hours: [16, 21], flow: "out", amount: [3_150n, 24_875n], step: 5n, texts: ["Co-operative society, groceries", "Fish market, Sharq", "Dates and coffee", "Groceries"] },
        { every: "week", times: 2.2, hours: [8, 15], flow: "out", amount: [850n, 4_250n], step: 50n, texts: ["Karak tea", "Lunch near the office", "Coffee", "Sandwich and juice"] },
        { every: "week", times: 0.9, hours: [19, 23], flow: "out", amount: [6_500n, 28_750n], step: 250n, texts: ["Dinner by the sea", "Cinema", "Dinner with the family"] },
        { every: "week", times: 0.7, hours: [9, 20], flow: "out", amount: [4_500n, 12_000n], step: 500n, texts: ["Petrol", "Car wash", "Pharmacy"] },
        { every: "week", times: 0.2, hours: [17, 21], flow: "out", amount: [12_500n, 145_000n], step: 250n, texts: ["Dress", "Drawing tablet", "Perfume", "Furniture"] },
        { every: "once", days: [210, 300, 430], flow: "out", amount: [500_000n, 640_000n], step: 10_000n, texts: ["Bought euro for Paris"] },
        { every: "overreach", daysAgo: [26], amount: [3_750_000n, 3_750_000n], texts: ["Deposit for a car"] },
        { every: "overreach", daysAgo: [155], amount: [3_480_000n, 3_480_000n], texts: ["Jewellery"] },
      ],
    },
    {
      key: "noura-euro",
      nickname: "Paris",
      holders: ["noura"],
      currency: "EUR",
      product: "current",
      openedBy: "noura",
      openedOnDay: 208,
      habits: [
        { every: "once", days: [210, 300, 430], flow: "in", amount: [140_000n, 179_000n], step: 1_000n, texts: ["Bought euro for Paris"] },
        { every: "once", days: [222], flow: "out", amount: [125_000n, 125_000n], texts: ["Course fee, École d’été"] },
        { every: "day", times: 3, from: 436, days: 21, flow: "out", amount: [290n, 4_600n], texts: ["Métro", "Lunch, Belleville", "Museum", "Bookshop, rue de Seine", "Bakery", "Dinner with the course"] },
        { every: "overreach", daysAgo: [88], amount: [412_000n, 412_000n], texts: ["Hotel, two more nights"] },
      ],
    },
  ],
};
