import type { Finding } from "./part";

export type PartReport = { part: string; findings: readonly Finding[] };

const attackWidth = 62;

/** The first lines of the table that `table` goes on with. */
export function heading(): string {
  return `\n${row("attack", "tries", "")}\n${row("-".repeat(attackWidth), "-----", "-------")}`;
}

/** The findings of a part: attack, tries, held or FELL, and below what fell how to repeat it. */
export function table({ part, findings }: PartReport): string {
  const lines = [part];
  for (const { attack, tries, fell, skipped } of findings) {
    lines.push(row(`  ${attack}`, String(tries), skipped ? `skipped: ${skipped}` : fell.length > 0 ? "FELL" : "held"));
    for (const repeat of fell) lines.push(`      ${repeat}`);
  }
  return lines.join("\n");
}

/** What was skipped counts as neither. */
export function tallyOf(reports: readonly PartReport[]): { passed: number; failed: number } {
  const tried = reports.flatMap(({ findings }) => findings).filter(({ skipped }) => skipped === undefined);
  const failed = tried.filter(({ fell, tries }) => fell.length > 0 || tries === 0).length;
  return { passed: tried.length - failed, failed };
}

const row = (attack: string, tries: string, verdict: string) =>
  `${attack.slice(0, attackWidth).padEnd(attackWidth)}  ${tries.padStart(5)}  ${verdict}`.trimEnd();
