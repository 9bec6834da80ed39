import { buildForTests } from "@/cli/testing/build-for-tests";
import { benchAsOf, prepareBigBook } from "./as-of";
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
import { benchRebuildBig } from "./rebuild-big";
import { installPeers } from "./stores/import-peer";

export type Bench = {
  run: (options: BenchOptions) => Promise<Figure[]>;
  /** How long it takes on two cores, once everything is prepared. Twice as long is a failure. */
  minutes: number;
  /** Too long for a run of all: runs only when it is named, and in smoke runs. */
  onlyNamed?: true;
  /** Makes what is kept between runs. */
  prepare?: () => Promise<unknown>;
};

/** In the order in which they run, and in which the README shows them. */
export const benches: Readonly<Record<string, Bench>> = {
  commands: { run: benchCommands, minutes: 8, prepare: installPeers },
  "commands-lengths": { run: benchCommandsByLength, minutes: 3 },
  "commands-processes": { run: benchCommandsByProcesses, minutes: 1 },
  "commands-without": { run: benchCommandsWithout, minutes: 2 },
  load: { run: benchLoad, minutes: 2 },
  "catch-up": { run: benchCatchUp, minutes: 4 },
  lag: { run: benchLag, minutes: 2 },
  rebuild: { run: benchRebuild, minutes: 3 },
  "rebuild-big": { run: benchRebuildBig, minutes: 20, onlyNamed: true, prepare: prepareBigBook },
  "as-of": { run: benchAsOf, minutes: 4, prepare: prepareBigBook },
  growth: { run: benchGrowth, minutes: 4, prepare: prepareBigBook },
  http: { run: benchHttp, minutes: 4, prepare: buildForTests },
  "open-snapshot": { run: benchOpenSnapshot, minutes: 2 },
};
