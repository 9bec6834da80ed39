import type { OwnPostgres } from "@/infra/testing/own-postgres";
import type { Bank } from "@/soak/bank";
import type { History, Who } from "@/soak/history";

/** An account that the run knows to be open, and whose it is. */
export type KnownAccount = { accountId: string; who: Who; closed: boolean };

/** Everything of one run: the bank, its disturbers and what was seen. */
export type World = {
  seed: number;
  postgres: OwnPostgres;
  banks: readonly Bank[];
  customers: readonly Who[];
  accounts: KnownAccount[];
  history: History;
  /** Kills and cuts by name. */
  counts: Map<string, number>;
  /** The newest `recordedAt` that any answer carried, in ms: the log's time as customers know it. */
  logTimeMs: number;
  /** Nothing new is begun; what was begun is seen through to a definite answer. */
  finishing: boolean;
  /** Then even that is given up. */
  deadlineMs: number;
};

/** Ms on the clock of the run, which nobody steps. */
export const nowMs = (): number => performance.now();

export function count(world: Pick<World, "counts">, name: string): void {
  world.counts.set(name, (world.counts.get(name) ?? 0) + 1);
}
