import type { Life } from "../life";

/** Lisbon. Teaches, surfs, sends money home for his mother's birthday. */
export const tomas: Life = {
  utcOffset: 0,
  accounts: [
    {
      key: "tomas-current",
      holders: ["tomas"],
      currency: "EUR",
      product: "current",
      openedBy: "ines",
      openedOnDay: 1,
      habits: [
        { every: "once", days: [1], flow: "in", amount: [90_000n, 90_000n], texts: ["Cash, paid in at the counter"], by: "ines" },
        { every: "month", on: 23, weekday: true, risePercent: 2, flow: "in", amount: [187_650n, 187_650n], texts: ["Salary, Escola do Bairro"] },
        { every: "once", days: [60, 190, 330, 480], flow: "in", amount: [12_000n, 30_000n], step: 1_000n, texts: ["Private lessons", "Translation of a catalogue"] },
        { every: "month", on: 1, flow: "out", amount: [62_000n, 62_000n], texts: ["Rent, Rua da Bica"] },
        { every: "month", on: 6, flow: "out", amount: [4_000n, 4_000n], texts: ["Metro and tram pass"] },
        { every: "month", on: 9, flow: "out", amount: [3_100n, 6_420n], texts: ["Water and electricity"] },
        { every: "month", on: 12, flow: "out", amount: [1_599n, 1_599n], texts: ["Mobile telephone"] },
        { every: "saving", on: 26, keep: 165_000n, step: 1_000n, text: "To savings", into: { account: "tomas-savings", text: "From current account" } },
        { every: "week", times: 2.4, hours: [17, 20], flow: "out", amount: [890n, 4_350n], texts: ["Groceries", "Fish market", "Fruit and vegetables", "Groceries for the week"] },
        { every: "week", times: 2.6, hours: [10, 16], flow: "out", amount: [120n, 980n], texts: ["Coffee and pastel de nata", "Lunch, school canteen", "Bifana at the corner", "Kiosk"] },
        { every: "week", times: 0.6, hours: [19, 23], flow: "out", amount: [1_100n, 3_900n], texts: ["Dinner, Graça", "Fado night", "Beer with colleagues"] },
        { every: "week", times: 0.25, hours: [9, 19], flow: "out", amount: [1_500n, 9_900n], texts: ["Surfboard repair", "Petrol", "Books for class", "Dentist"] },
        { every: "once", days: [98, 463], flow: "out", amount: [15_000n, 15_000n], texts: ["For my mother’s birthday"] },
        { every: "overreach", daysAgo: [19, 201], amount: [368_000n, 402_000n], step: 500n, texts: ["Car repair"] },
        { every: "overreach", daysAgo: [64, 388], amount: [384_900n, 419_900n], step: 1_000n, texts: ["New surfboard", "New mattress and bed"] },
      ],
    },
    {
      key: "tomas-savings",
      nickname: "Camper van",
      holders: ["tomas"],
      currency: "EUR",
      product: "savings",
      openedBy: "tomas",
      openedOnDay: 20,
      habits: [
        { every: "once", days: [205], flow: "out", amount: [24_900n, 24_900n], texts: ["Ferry and cabin, Madeira"] },
        { every: "overreach", daysAgo: [131], amount: [1_150_000n, 1_150_000n], texts: ["Used camper van"] },
      ],
    },
  ],
};
