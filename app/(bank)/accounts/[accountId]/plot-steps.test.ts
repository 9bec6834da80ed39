import { expect, test } from "vitest";
import { plotSteps } from "./plot-steps";

test("fewer than two points draw nothing", () => {
  expect(plotSteps([])).toBeUndefined();
  expect(plotSteps([{ day: "2026-01-01", balance: 5n }])).toBeUndefined();
});

test("days are apart as the calendar has them, the highest balance on top and the lowest at the bottom", () => {
  const plot = plotSteps([
    { day: "2026-03-28", balance: 0n },
    { day: "2026-03-29", balance: 1_000n }, // a day of 23 hours
    { day: "2026-04-07", balance: 500n },
  ]);
  expect(plot).toMatchObject({ line: "M0 192H100V8H1000V100", lowest: 0n, highest: 1_000n, zero: null });
});

test("a balance that never moved is a line in the middle; zero is drawn where it runs inside", () => {
  const level = [
    { day: "2026-01-01", balance: 7n },
    { day: "2026-01-02", balance: 7n },
  ];
  expect(plotSteps(level)?.line).toBe("M0 100H1000V100");
  expect(plotSteps([...level, { day: "2026-01-03", balance: -7n }])?.zero).toBe(100);
});

test("balances beyond what a number holds are drawn all the same", () => {
  const huge = 10n ** 18n;
  const plot = plotSteps([
    { day: "2026-01-01", balance: huge },
    { day: "2026-01-02", balance: huge + 1n },
  ]);
  expect(plot?.line).toBe("M0 192H1000V8");
});
