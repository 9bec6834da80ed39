export const width = 720;

/** A picture that reads on light and on dark paper; `own` marks what is Daybook's. */
export function svg(title: string, height: number, body: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${style}</style>`,
    `<rect width="${width}" height="${height}" class="paper"/>`,
    text(16, 26, title, "title"),
    ...body,
    "</svg>\n",
  ].join("\n");
}

export function text(x: number, y: number, words: string, kind = "", anchor: "start" | "middle" | "end" = "start"): string {
  return `<text x="${at(x)}" y="${at(y)}" class="${kind}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

export function line(from: Point, to: Point, kind: string): string {
  return `<line x1="${at(from.x)}" y1="${at(from.y)}" x2="${at(to.x)}" y2="${at(to.y)}" class="${kind}"/>`;
}

export type Point = { x: number; y: number };

export const at = (coordinate: number): string => coordinate.toFixed(1);

/** 12300 as 12,300; 0.0456 as 0.046. */
export function figure(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value >= 1 ? value.toLocaleString("en", { maximumFractionDigits: digits }) : value.toPrecision(2);
}

/** Every power of ten that a scale of logarithms needs to hold all values. */
export function decades(values: readonly number[]): number[] {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

const hues = {
  light: ["#0b6e4f", "#1d4ed8", "#6b7280", "#b45309", "#9d174d", "#6d28d9", "#0e7490", "#3f6212"],
  dark: ["#5fd3a5", "#8fb4ff", "#a3a8b3", "#f0b357", "#f48fb8", "#bca5ff", "#67cfe3", "#b5d36b"],
} as const;

const colours = (of: readonly string[]) => of.map((colour, i) => `.line${i}{stroke:${colour}}.fill${i}{fill:${colour}}`).join("");

const style = [
  "text{font:12px system-ui,sans-serif;fill:#24292f}.title{font-size:15px;font-weight:600}.small{font-size:11px;fill:#57606a}.own{font-weight:700}",
  ".paper{fill:#fff}.grid{stroke:#d8dee4;stroke-width:1}.curve{fill:none;stroke-width:2}",
  colours(hues.light),
  `@media (prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9198a1}.paper{fill:#0d1117}.grid{stroke:#30363d}${colours(hues.dark)}}`,
].join("");
