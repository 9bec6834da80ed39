import type { Registry } from "prom-client";
import { type CommandCounts, type CommandFigures, commandCounts, figuresSince, nothingCounted } from "./command-figures";

const lookEveryMs = 10_000;
export const RECENT_MS = 300_000;

/** `overMs`: how far back they reach; less than five minutes where the process is younger. */
export type RecentFigures = CommandFigures & { overMs: number; answeredEver: number };

/** What the commands of a process came to of late. In memory: what was counted at each look of the last five minutes. */
export type RecentCommands = {
  /** To be called now and then; `startLooks` does. */
  look(): Promise<void>;
  figures(): Promise<RecentFigures>;
};

export function createRecentCommands(registry: Registry, nowMs: () => number = () => performance.now()): RecentCommands {
  const looks: [Look, ...Look[]] = [{ atMs: nowMs(), counts: nothingCounted }];
  return {
    async look() {
      const atMs = nowMs();
      looks.push({ atMs, counts: await commandCounts(registry) });
      for (let second = looks[1]; second && atMs - second.atMs >= RECENT_MS; second = looks[1]) looks.splice(0, 1);
    },
    async figures() {
      const counts = await commandCounts(registry);
      const atMs = nowMs();
      const since = looks.findLast((look) => atMs - look.atMs >= RECENT_MS) ?? looks[0]; // looks may be late: none of them is taken for older than it is
      return { ...figuresSince(since.counts, counts), overMs: atMs - since.atMs, answeredEver: counts.answered };
    },
  };
}

type Look = { atMs: number; counts: CommandCounts };

/** Looks every 10 s, until the runtime closes. */
export function startLooks({
  metrics: { recent },
  onClose,
}: {
  metrics: { recent: RecentCommands };
  onClose(work: () => void): void;
}): void {
  const timer = setInterval(() => void recent.look(), lookEveryMs);
  timer.unref();
  onClose(() => clearInterval(timer));
}
