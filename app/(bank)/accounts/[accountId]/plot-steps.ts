type Point = { day: string; balance: bigint };

/**
 * Paths in a box of 1000 × 200 whose floor and ceiling are the balances `lowest` and `highest`.
 * `area` lies between line and zero. `zero`: the height of the zero line, where it runs inside.
 */
export type Plot = { line: string; area: string; zero: number | null; lowest: bigint; highest: bigint };

const width = 1_000;
const height = 200;
const margin = 8;

/**
 * A line that steps at each point and is level in between. Zero is always within the box, so that
 * heights compare as balances do; a balance that never moved is a line on the floor, without an area.
 * Undefined for fewer than two points: there is nothing to draw.
 */
export function plotSteps(points: readonly Point[]): Plot | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return undefined;
  const [start, end] = [dayNumber(first.day), dayNumber(last.day)];
  const isLevel = points.every(({ balance }) => balance === first.balance);
  const [lowest, highest] = isLevel ? [first.balance, first.balance] : rangeWithZero(points);

  const x = (day: string) => round(((dayNumber(day) - start) / Math.max(1, end - start)) * width);
  // A place on the screen, not an amount: here a number will do.
  const share = (balance: bigint) => (isLevel ? 0 : Number(balance - lowest) / Number(highest - lowest));
  const y = (balance: bigint) => round(height - margin - share(balance) * (height - 2 * margin));

  const steps = points.slice(1).map(({ day, balance }) => `H${x(day)}V${y(balance)}`);
  const line = `M0 ${y(first.balance)}${steps.join("")}`;
  const area = isLevel ? "" : `${line}V${y(0n)}H0Z`;
  return { line, area, zero: lowest < 0n && highest > 0n ? y(0n) : null, lowest, highest };
}

function rangeWithZero(points: readonly Point[]): [lowest: bigint, highest: bigint] {
  let [lowest, highest] = [0n, 0n];
  for (const { balance } of points) {
    if (balance < lowest) lowest = balance;
    if (balance > highest) highest = balance;
  }
  return [lowest, highest];
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

const round = (value: number): number => Math.round(value * 10) / 10;
