import { expect, test } from "vitest";
import { plotSteps } from "./plot-steps";

test("fewer than two points draw nothing", () => {
  expect(plotSteps([])).toBeUndefined();
  expect(plotSteps([{ day: "2026-01-01", balance: 5n }])).toBeUndefined();
});

test("days are apart as the calendar has them, the highest balance on top and zero at the bottom", () => {
  const plot = plotSteps([
    { day: "2026-03-28", balance: 250n },
    { day: "2026-03-29", balance: 1_000n }, // a day of 23 hours
    { day: "2026-04-07", balance: 500n },
  ]);
  expect(plot).toMatchObject({ line: "M0 146H100V8H1000V100", lowest: 0n, highest: 1_000n, zero: null });
});

test("a balance that never moved is a line on the floor without an area, as on a closed account", () => {
  for (const balance of [0n, 7n, -7n]) {
    const plot = plotSteps([
      { day: "2026-01-01", balance },
      { day: "2026-01-02", balance },
    ]);
    expect(plot).toEqual({ line: "M0 192H1000V192", area: "", zero: null, lowest: balance, highest: balance });
  }
});

test("below zero the area hangs from the zero line, which is drawn where it runs inside", () => {
  const plot = plotSteps([
    { day: "2026-01-01", balance: 7n },
    { day: "2026-01-02", balance: -7n },
  ]);
  expect(plot).toMatchObject({ zero: 100, area: "M0 8H1000V192V100H0Z", lowest: -7n, highest: 7n });
  const debt = plotSteps([
    { day: "2026-01-01", balance: -10n },
    { day: "2026-01-02", balance: -5n },
  ]);
  expect(debt).toMatchObject({ zero: null, area: "M0 192H1000V100V8H0Z", lowest: -10n, highest: 0n });
});

test("balances beyond what a number holds are drawn all the same", () => {
  const huge = 10n ** 18n;
  const plot = plotSteps([
    { day: "2026-01-01", balance: 0n },
    { day: "2026-01-02", balance: huge + 1n },
  ]);
  expect(plot?.line).toBe("M0 192H1000V8");
});
