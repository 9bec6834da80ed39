import type { BenchServer } from "./bench-server";

/** One line of `npm run bench -- --json`. */
export type Figure = {
  name: string;
  /** null: it failed, and `failed` says how. Only a peer may. */
  value: number | null;
  unit: "1/s" | "events/s" | "ms" | "µs";
  /** How much stood in the store it was asked of. */
  rows: number;
  clients: number;
  /** How long one round measured. */
  seconds: number;
  rounds: number;
  durable: boolean;
  /** Shows that it still runs, and is never quoted. */
  smoke: boolean;
  p50Ms?: number;
  p99Ms?: number;
  /** To the value of another figure of the same run: the median of the rounds' own ratios. */
  ratio: Readonly<Record<string, number>>;
  failed?: string;
};

/** Four digits say all that a shared machine can. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

/** `smoke`: in seconds, on little. The server is the run's own, empty but for what the benchmark makes. */
export type BenchOptions = { server: BenchServer; smoke: boolean };
