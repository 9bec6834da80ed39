import { parseArgs } from "node:util";
import { benchAsOf } from "./as-of";
import { startBenchServer } from "./bench-server";
import { benchCatchUp } from "./catch-up";
import { benchCommands } from "./commands";
import { benchCommandsByLength } from "./commands-lengths";
import { benchCommandsByProcesses } from "./commands-processes";
import { benchCommandsWithout } from "./commands-without";
import type { BenchOptions, Figure } from "./figure";
import { benchGrowth } from "./growth";
import { benchHttp } from "./http";
import { benchLag } from "./lag";
import { benchLoad } from "./load";
import { benchOpenSnapshot } from "./open-snapshot";
import { benchRebuild } from "./rebuild";
import { loadNow, record } from "./report/record";

// `npm run bench [name] [-- --json] [--smoke] [--record]`: one line a figure. Smoke figures show that it still runs, and are never quoted;
// what is recorded stands in results/, plots/ and the README.

const benches: Record<string, (options: BenchOptions) => Promise<Figure[]>> = {
  commands: benchCommands,
  "commands-lengths": benchCommandsByLength,
  "commands-processes": benchCommandsByProcesses,
  "commands-without": benchCommandsWithout,
  load: benchLoad,
  "catch-up": benchCatchUp,
  lag: benchLag,
  rebuild: benchRebuild,
  "as-of": benchAsOf,
  growth: benchGrowth,
  http: benchHttp,
  "open-snapshot": benchOpenSnapshot,
};

const { values, positionals } = parseArgs({
  options: { json: { type: "boolean" }, smoke: { type: "boolean" }, record: { type: "boolean" } },
  allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = names.filter((name) => !benches[name]);
if (unknown.length > 0)
  throw new Error(`no benchmark named ${unknown.join(", ")}; there are: ${Object.keys(benches).join(", ")}`);

if (values.record && values.smoke) throw new Error("smoke figures are never quoted, hence not recorded");

const server = await startBenchServer();
try {
  for (const name of names) {
    const loadBefore = loadNow();
    const figures = (await benches[name]?.({ server, smoke: values.smoke ?? false })) ?? [];
    if (values.json) for (const figure of figures) console.log(JSON.stringify(figure));
    else console.table(figures.map(({ ratio, ...figure }) => ({ ...figure, ratio: JSON.stringify(ratio) })));
    if (values.record) record(name, figures, { loadBefore, order: Object.keys(benches) });
    await server.clear();
  }
} finally {
  await server.stop();
}
process.exit(); // evtstore's event handlers look for work for ever, stopped or not
