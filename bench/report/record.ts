import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import path from "node:path";
import type { Figure } from "../figure";
import { plotsOf } from "./plots";
import { tableOf } from "./table";

type Result = { name: string; measuredOn: string; machine: string; loadBefore: number; minutes: number; figures: Figure[] };

const home = path.resolve("bench");
const [results, plots, readme] = [path.join(home, "results"), path.join(home, "plots"), path.join(home, "README.md")];
const marks = { start: "<!-- results: written by `npm run bench -- --record` -->", end: "<!-- end of results -->" };

/** Keeps a run: its figures in results/, its pictures in plots/, and the README's tables made anew from all that is kept. */
export function record(
  name: string,
  figures: Figure[],
  { loadBefore, seconds, order }: { loadBefore: number; seconds: number; order: readonly string[] },
): void {
  mkdirSync(results, { recursive: true });
  mkdirSync(plots, { recursive: true });
  const measuredOn = new Date().toISOString().slice(0, 10);
  const minutes = Number((seconds / 60).toFixed(1));
  const result: Result = { name, measuredOn, machine: machine(), loadBefore, minutes, figures };
  writeFileSync(path.join(results, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  for (const [file, picture] of Object.entries(plotsOf(name, figures))) writeFileSync(path.join(plots, `${file}.svg`), picture);
  writeReadme(order);
}

/** Other work on the machine, by what it has run in the last minute. */
export const loadNow = (): number => Number((loadavg()[0] ?? 0).toFixed(1));

function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? "CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, PostgreSQL 18 (embedded), server and clients together`;
}

function writeReadme(order: readonly string[]): void {
  const before = readFileSync(readme, "utf8");
  const [start, end] = [before.indexOf(marks.start), before.indexOf(marks.end)];
  if (start < 0 || end < start) throw new Error("bench/README.md has lost the marks between which results stand");
  const kept = readdirSync(results).filter((file) => file.endsWith(".json"));
  const all = kept.map((file) => JSON.parse(readFileSync(path.join(results, file), "utf8")) as Result);
  const inPlaceOf = all.map(({ name }) => new RegExp(`<!-- until ${name} is recorded -->.*?<!-- end -->\\s*`, "gs"));
  const sections = all.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)).map(sectionOf);
  const after = inPlaceOf.reduce((text, older) => text.replace(older, ""), before.slice(end));
  writeFileSync(readme, `${before.slice(0, start)}${marks.start}\n\n${sections.join("\n\n")}\n\n${after.trimEnd()}\n`);
}

function sectionOf({ name, measuredOn, machine, loadBefore, minutes, figures }: Result): string {
  const pictures = Object.keys(plotsOf(name, figures)).map((file) => `![${file}](plots/${file}.svg)`);
  const { rounds, seconds } = figures[0] ?? { rounds: 0, seconds: 0 };
  const how = `${measuredOn}; ${machine}; load before it ${loadBefore}; ${minutes} minutes, medians of ${rounds} rounds${seconds ? ` of ${seconds} s` : ""}.`;
  return [`### ${name}`, how, ...pictures, tableOf(figures)].join("\n\n");
}
