import type { Registry } from "prom-client";
import { type Bucket, quantile } from "./quantile";

/** A histogram as people read it; the quantiles are estimates within its buckets, null where nothing was observed. */
export type Spread = { mean: number | null; p50: number | null; p99: number | null; buckets: readonly Bucket[] };

export type CommandFigures = {
  answered: number;
  appends: number;
  /** Commands in one append. */
  batch: Spread;
  /** Seconds from submission until a command is taken to be decided. */
  wait: Spread;
  conflicts: number;
  gateHeld: number;
};

type Tally = { buckets: readonly Bucket[]; total: number };

/** What a process has counted since its start; they only grow. */
export type CommandCounts = Record<"answered" | "conflicts" | "gateHeld", number> & Record<"batch" | "wait", Tally>;

export const nothingCounted: CommandCounts = {
  answered: 0,
  conflicts: 0,
  gateHeld: 0,
  batch: { buckets: [], total: 0 },
  wait: { buckets: [], total: 0 },
};

type Value = { value: number; metricName?: string; labels: Partial<Record<string, string | number>> };

export async function commandCounts(registry: Registry): Promise<CommandCounts> {
  const valuesOf = async (name: string): Promise<readonly Value[]> => (await registry.getSingleMetric(name)?.get())?.values ?? [];
  const sum = async (name: string) => (await valuesOf(name)).reduce((total, { value }) => total + value, 0);
  const tally = async (name: string) => tallyOf(name, await valuesOf(name));
  return {
    answered: await sum("daybook_commands_total"),
    conflicts: await sum("daybook_append_conflicts_total"),
    gateHeld: await sum("daybook_gate_held_total"),
    batch: await tally("daybook_append_commands"),
    wait: await tally("daybook_command_wait_seconds"),
  };
}

/** What was counted after `earlier`, for people. */
export function figuresSince(earlier: CommandCounts, now: CommandCounts): CommandFigures {
  const batch = spread(earlier.batch, now.batch);
  return {
    answered: now.answered - earlier.answered,
    appends: batch.buckets.at(-1)?.count ?? 0,
    batch,
    wait: spread(earlier.wait, now.wait),
    conflicts: now.conflicts - earlier.conflicts,
    gateHeld: now.gateHeld - earlier.gateHeld,
  };
}

function tallyOf(name: string, values: readonly Value[]): Tally {
  const named = (suffix: string) => values.filter(({ metricName }) => metricName === `${name}_${suffix}`);
  const buckets = named("bucket").map(({ value, labels: { le } }) => ({
    atMost: le === "+Inf" ? Infinity : Number(le),
    count: value,
  }));
  return { buckets, total: named("sum")[0]?.value ?? 0 };
}

function spread(earlier: Tally, now: Tally): Spread {
  const buckets = now.buckets.map(({ atMost, count }, i) => ({ atMost, count: count - (earlier.buckets[i]?.count ?? 0) }));
  const count = buckets.at(-1)?.count ?? 0;
  const mean = count > 0 ? (now.total - earlier.total) / count : null;
  return { mean, p50: quantile(buckets, 0.5), p99: quantile(buckets, 0.99), buckets };
}
