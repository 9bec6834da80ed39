import { parseArgs } from "node:util";
import { benchAsOf } from "./as-of";
import { startBenchServer } from "./bench-server";
import { benchCatchUp } from "./catch-up";
import { benchCommands } from "./commands";
import type { BenchOptions, Figure } from "./figure";
import { benchLag } from "./lag";
import { benchLoad } from "./load";
import { benchOpenSnapshot } from "./open-snapshot";

// `npm run bench [name] [-- --json] [--smoke]`: one line a figure. Smoke figures show that it still runs, and are never quoted.

const benches: Record<string, (options: BenchOptions) => Promise<Figure[]>> = {
  commands: benchCommands,
  load: benchLoad,
  "catch-up": benchCatchUp,
  lag: benchLag,
  "as-of": benchAsOf,
  "open-snapshot": benchOpenSnapshot,
};

const { values, positionals } = parseArgs({
  options: { json: { type: "boolean" }, smoke: { type: "boolean" } },
  allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = names.filter((name) => !benches[name]);
if (unknown.length > 0)
  throw new Error(`no benchmark named ${unknown.join(", ")}; there are: ${Object.keys(benches).join(", ")}`);

const server = await startBenchServer();
try {
  for (const name of names) {
    const figures = (await benches[name]?.({ server, smoke: values.smoke ?? false })) ?? [];
    if (values.json) for (const figure of figures) console.log(JSON.stringify(figure));
    else console.table(figures.map(({ ratio, ...figure }) => ({ ...figure, ratio: JSON.stringify(ratio) })));
    await server.clear();
  }
} finally {
  await server.stop();
}
process.exit(); // evtstore's event handlers look for work for ever, stopped or not
