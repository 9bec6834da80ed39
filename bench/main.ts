import { parseArgs } from "node:util";
import { type BenchServer, startBenchServer } from "./bench-server";
import { type Bench, benches } from "./benches";
import type { Figure } from "./figure";
import { loadNow, record } from "./report/record";
import { withinMinutes } from "./within-minutes";

// `npm run bench [name …] [-- --json] [--smoke] [--record] [--prepare]`: one line a figure. Smoke figures show that it still runs, and are never
// quoted; what is recorded stands in results/, plots/ and the README. A benchmark that fails costs its own figures: the others go on.

const flag = { type: "boolean", default: false } as const;
const { values, positionals } = parseArgs({
  options: { json: flag, smoke: flag, record: flag, prepare: flag },
  allowPositionals: true,
});
const names =
  positionals.length > 0 ? positionals : Object.keys(benches).filter((name) => values.smoke || !benches[name]?.onlyNamed);
const unknown = names.filter((name) => !benches[name]);
if (unknown.length > 0)
  throw new Error(`no benchmark named ${unknown.join(", ")}; there are: ${Object.keys(benches).join(", ")}`);
if (values.record && values.smoke) throw new Error("smoke figures are never quoted, hence not recorded");

const asked = names.flatMap((name) => (benches[name] ? [[name, benches[name]] as const] : []));
const failed = values.prepare ? await prepareAll() : await runAll();
if (failed.length > 0) console.error(`\nFailed: ${failed.join(", ")}`);
process.exit(failed.length > 0 ? 1 : 0); // evtstore's event handlers look for work for ever, stopped or not

async function prepareAll(): Promise<string[]> {
  for (const prepare of new Set(asked.flatMap(([, bench]) => bench.prepare ?? []))) await prepare();
  return [];
}

async function runAll(): Promise<string[]> {
  const failures: string[] = [];
  let server: BenchServer | undefined;
  for (const [name, bench] of asked) {
    try {
      server ??= await startBenchServer();
      await runOne(name, bench, server);
      await server.clear();
    } catch (error) {
      console.error(`${name} failed:`, error);
      failures.push(name);
      await server?.stop().catch(() => undefined); // nobody knows what still runs on it: the next one gets another
      server = undefined;
    }
  }
  await server?.stop();
  return failures;
}

async function runOne(name: string, { run, minutes }: Bench, server: BenchServer): Promise<void> {
  const loadBefore = loadNow();
  const from = performance.now();
  const figures = await withinMinutes(2 * minutes, run({ server, smoke: values.smoke }));
  const seconds = (performance.now() - from) / 1_000;
  show(figures);
  if (values.record) record(name, figures, { loadBefore, seconds, order: Object.keys(benches) });
  console.error(`${name}: ${seconds.toFixed(0)} s`);
}

function show(figures: readonly Figure[]): void {
  if (values.json) for (const figure of figures) console.log(JSON.stringify(figure));
  else console.table(figures.map(({ ratio, ...figure }) => ({ ...figure, ratio: JSON.stringify(ratio) })));
}
