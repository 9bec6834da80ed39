import { at, decades, figure, line, svg, text, width } from "./svg";

export type Bar = { label: string; value: number; own: boolean };

const [left, right, top, rowHeight] = [220, 90, 58, 24];

/** Horizontal bars on a scale of logarithms: what is compared here lies factors of hundreds apart. */
export function barChart(title: string, unit: string, bars: readonly Bar[]): string {
  const ticks = decades(bars.map(({ value }) => value));
  const [low, high] = [ticks[0] ?? 1, ticks.at(-1) ?? 10];
  const x = (value: number) => left + (Math.log(value / low) / Math.log(high / low)) * (width - left - right);
  const bottom = top + bars.length * rowHeight;
  return svg(title, bottom + 34, [
    ...ticks.flatMap((tick) => [
      line({ x: x(tick), y: top - 6 }, { x: x(tick), y: bottom }, "grid"),
      text(x(tick), bottom + 16, figure(tick), "small", "middle"),
    ]),
    text(16, top - 12, unit, "small"),
    ...bars.flatMap(({ label, value, own }, i) => {
      const y = top + i * rowHeight;
      return [
        text(left - 10, y + 14, label, own ? "own" : "", "end"),
        `<rect x="${left}" y="${at(y + 3)}" width="${at(Math.max(1.5, x(value) - left))}" height="${rowHeight - 8}" rx="2" class="fill${own ? 0 : 2}"/>`,
        text(x(value) + 6, y + 14, figure(value), own ? "own" : ""),
      ];
    }),
  ]);
}
