import type { Registry } from "prom-client";

/** `batchMean`: commands in one append, on average; null before the first. */
export type CommandFigures = { answered: number; appends: number; batchMean: number | null; conflicts: number; gateHeld: number };

/** What the command metrics of a process come to, for people. */
export async function commandFigures(registry: Registry): Promise<CommandFigures> {
  const sum = async (name: string, valueName?: string) => {
    const metric = await registry.getSingleMetric(name)?.get();
    const values: readonly { value: number; metricName?: string }[] = metric?.values ?? [];
    return values.filter(({ metricName }) => metricName === valueName).reduce((total, { value }) => total + value, 0);
  };
  const appends = await sum("daybook_append_commands", "daybook_append_commands_count");
  const commands = await sum("daybook_append_commands", "daybook_append_commands_sum");
  return {
    answered: await sum("daybook_commands_total"),
    appends,
    batchMean: appends > 0 ? commands / appends : null,
    conflicts: await sum("daybook_append_conflicts_total"),
    gateHeld: await sum("daybook_gate_held_total"),
  };
}
