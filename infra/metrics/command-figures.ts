import type { Registry } from "prom-client";
import { type Bucket, quantile } from "./quantile";

/** A histogram as people read it; the quantiles are estimates within its buckets, null before the first observation. */
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

type Value = { value: number; metricName?: string; labels: Partial<Record<string, string | number>> };

/** What the command metrics of a process come to, for people. */
export async function commandFigures(registry: Registry): Promise<CommandFigures> {
  const valuesOf = async (name: string): Promise<readonly Value[]> => (await registry.getSingleMetric(name)?.get())?.values ?? [];
  const sum = async (name: string) => (await valuesOf(name)).reduce((total, { value }) => total + value, 0);
  const batch = spread("daybook_append_commands", await valuesOf("daybook_append_commands"));
  return {
    answered: await sum("daybook_commands_total"),
    appends: batch.buckets.at(-1)?.count ?? 0,
    batch,
    wait: spread("daybook_command_wait_seconds", await valuesOf("daybook_command_wait_seconds")),
    conflicts: await sum("daybook_append_conflicts_total"),
    gateHeld: await sum("daybook_gate_held_total"),
  };
}

function spread(name: string, values: readonly Value[]): Spread {
  const named = (suffix: string) => values.filter(({ metricName }) => metricName === `${name}_${suffix}`);
  const buckets = named("bucket").map(({ value, labels: { le } }) => ({
    atMost: le === "+Inf" ? Infinity : Number(le),
    count: value,
  }));
  const [count, total] = [named("count")[0]?.value ?? 0, named("sum")[0]?.value ?? 0];
  return { mean: count > 0 ? total / count : null, p50: quantile(buckets, 0.5), p99: quantile(buckets, 0.99), buckets };
}
