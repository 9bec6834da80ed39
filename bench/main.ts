import { parseArgs } from "node:util";
import { benchAsOf } from "./as-of";
import { benchCatchUp } from "./catch-up";
import { benchCommands } from "./commands";
import { benchLag } from "./lag";
import { benchLoad } from "./load";
import { benchOpenSnapshot } from "./open-snapshot";

// `npm run bench [name] [-- --json] [--smoke]`: one line a figure. Smoke figures show that it still runs, and are never quoted.

const benches: Record<string, (options: { smoke: boolean }) => Promise<object[]>> = {
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
for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
  const bench = benches[name];
  if (!bench) throw new Error(`no benchmark named ${name}; there are: ${Object.keys(benches).join(", ")}`);
  const figures = await bench({ smoke: values.smoke ?? false });
  if (values.json) for (const figure of figures) console.log(JSON.stringify(figure));
  else console.table(figures.map((figure) => ({ ...figure, ratio: JSON.stringify("ratio" in figure ? figure.ratio : {}) })));
}
