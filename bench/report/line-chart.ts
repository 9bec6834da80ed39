import { at, decades, figure, line, type Point, svg, text, width } from "./svg";

export type Curve = { label: string; points: readonly Point[]; own: boolean; colour: number };
export type Axes = { x: string; y: string };

const [left, right, top, bottom] = [70, 190, 56, 330];
const labelGap = 15;

/** Curves on two scales of logarithms, each named at its right end. */
export function lineChart(title: string, axes: Axes, curves: readonly Curve[]): string {
  const points = curves.flatMap((curve) => curve.points);
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const rows = decades(points.map(({ y }) => y));
  const place = placer({ from: xs[0] ?? 1, to: xs.at(-1) ?? 10 }, { from: rows[0] ?? 1, to: rows.at(-1) ?? 10 });
  const ends = spread(curves.map((curve) => place(curve.points.at(-1) ?? { x: 1, y: 1 }).y));
  return svg(title, bottom + 46, [
    ...rows.flatMap((y) => {
      const { y: height } = place({ x: xs[0] ?? 1, y });
      return [
        line({ x: left, y: height }, { x: width - right, y: height }, "grid"),
        text(left - 8, height + 4, figure(y), "small", "end"),
      ];
    }),
    ...xs.map((x) => text(place({ x, y: 1 }).x, bottom + 18, figure(x), "small", "middle")),
    text((left + width - right) / 2, bottom + 38, axes.x, "small", "middle"),
    text(16, top - 10, axes.y, "small"),
    ...curves.flatMap((curve, i) => {
      const { colour } = curve;
      const path = curve.points.map(place).map(({ x, y }, n) => `${n ? "L" : "M"}${at(x)} ${at(y)}`);
      const dots = curve.points.map(place).map(({ x, y }) => `<circle cx="${at(x)}" cy="${at(y)}" r="3" class="fill${colour}"/>`);
      const end = ends[i] ?? 0;
      return [
        `<path d="${path.join("")}" class="curve line${colour}"/>`,
        ...dots,
        `<circle cx="${at(width - right + 14)}" cy="${at(end)}" r="4" class="fill${colour}"/>`,
        text(width - right + 24, end + 4, curve.label, curve.own ? "own" : ""),
      ];
    }),
  ]);
}

type Range = { from: number; to: number };

function placer(x: Range, y: Range): (point: Point) => Point {
  const share = (value: number, { from, to }: Range) => (from === to ? 0.5 : Math.log(value / from) / Math.log(to / from));
  return (point) => ({
    x: left + share(point.x, x) * (width - left - right),
    y: bottom - share(point.y, y) * (bottom - top),
  });
}

/** Heights of the labels, as near as can be to the ends of their curves without one covering another. */
function spread(heights: readonly number[]): number[] {
  const order = heights.map((height, i) => ({ height, i })).sort((a, b) => a.height - b.height);
  const placed: number[] = [];
  let above = Number.NEGATIVE_INFINITY;
  for (const { height, i } of order) {
    above = Math.max(height, above + labelGap);
    placed[i] = above;
  }
  return placed;
}
