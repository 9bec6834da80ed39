import { Counter, Histogram, Registry } from "prom-client";
import type { Reviewed } from "../commands/outcome";
import { createRecentCommands, type RecentCommands } from "./recent-commands";

/** What the executor tells of its work; counted for one process since its start. */
export type CommandMetrics = {
  registry: Registry;
  recent: RecentCommands;
  answered(kind: Reviewed["kind"], seconds: number): void;
  /** From submission until it was taken into a batch. */
  waited(seconds: number): void;
  /** One append that landed, of so many commands. */
  batch(commands: number): void;
  /** One append that wrote nothing: a stream had grown (`stale`), or an id was in the book (`known`). */
  conflict(cause: "stale" | "known"): void;
  /** The gate was held through load, decision and append, after lost tries. */
  heldGate(): void;
};

const kinds = [
  "done",
  "refused",
  "agreed",
  "mismatch",
  "not_found",
  "busy",
  "checking",
  "failed",
] as const satisfies readonly Reviewed["kind"][];

/** Handles are made once: looking a label up costs more than counting. */
export function createCommandMetrics(): CommandMetrics {
  const registry = new Registry();
  const registers = [registry];
  const outcomes = new Counter({
    name: "daybook_commands_total",
    help: "Commands answered, by outcome",
    labelNames: ["outcome"] as const,
    registers,
  });
  const latency = new Histogram({
    name: "daybook_command_duration_seconds",
    help: "From submission of a command to its answer",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const waits = new Histogram({
    name: "daybook_command_wait_seconds",
    help: "From submission of a command until it is taken to be decided",
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const batches = new Histogram({
    name: "daybook_append_commands",
    help: "Commands in one append",
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 500],
    registers,
  });
  const conflicts = new Counter({
    name: "daybook_append_conflicts_total",
    help: "Appends that wrote nothing, by cause",
    labelNames: ["cause"] as const,
    registers,
  });
  const held = new Counter({ name: "daybook_gate_held_total", help: "Batches decided while holding the gate", registers });
  const byKind = new Map(kinds.map((outcome) => [outcome, outcomes.labels({ outcome })]));
  const byCause = { stale: conflicts.labels({ cause: "stale" }), known: conflicts.labels({ cause: "known" }) };
  return {
    registry,
    recent: createRecentCommands(registry),
    answered(kind, seconds) {
      byKind.get(kind)?.inc();
      latency.observe(seconds);
    },
    waited: (seconds) => waits.observe(seconds),
    batch: (commands) => batches.observe(commands),
    conflict: (cause) => byCause[cause].inc(),
    heldGate: () => held.inc(),
  };
}
