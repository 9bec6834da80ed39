import type { Figure } from "../figure";
import { figure as shown } from "./svg";

/** A benchmark's figures as a Markdown table, with a column for each ratio that any of them has. */
export function tableOf(figures: readonly Figure[]): string {
  const labels = [...new Set(figures.flatMap(({ ratio }) => Object.keys(ratio)))];
  const head = ["figure", "rows", "clients", "value", "p50 ms", "p99 ms", ...labels.map((label) => `/ ${label}`)];
  const rows = figures.map((figure) => [
    `\`${figure.name}\``,
    figure.rows.toLocaleString("en"),
    String(figure.clients),
    figure.value === null
      ? `failed: ${(figure.failed ?? "").replaceAll("|", "/")}`
      : `${shown(figure.value)}${figure.unit === "1/s" ? "/s" : ` ${figure.unit}`}`,
    ...[figure.p50Ms, figure.p99Ms, ...labels.map((label) => figure.ratio[label])].map((value) =>
      value === undefined ? "" : shown(value),
    ),
  ]);
  const align = head.map((_, i) => (i === 0 ? "---" : "--:"));
  return [head, align, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
