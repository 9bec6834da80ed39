import { logger } from "@/infra/logging/logger";
import type { Runtime } from "@/infra/runtime";
import { readCheckpoints } from "./checkpoints/checkpoints";
import { logReaders } from "./registry";

type Sample = { atMs: number; positions: ReadonlyMap<string, bigint> };

/** Events a second that each reader has folded of late, whichever process fed it; a reader is missing until it was looked at twice. */
export type ReaderRates = ReadonlyMap<string, number>;

const sampleEveryMs = 5_000;
const overMs = 60_000;

const slot = Symbol.for("daybook.reader-rates.1");
type Holder = { [slot]?: WeakMap<Runtime, Sample[]> };

/** On globalThis, since Next loads a module up to three times in one process. */
function samplesOf(runtime: Runtime): Sample[] {
  const holder = globalThis as Holder;
  holder[slot] ??= new WeakMap();
  const samples = holder[slot].get(runtime) ?? [];
  holder[slot].set(runtime, samples);
  return samples;
}

/** Looks at the checkpoints every 5 s, until the runtime closes. */
export function startReaderRates(runtime: Runtime): void {
  const look = () => sampleRates(runtime).catch((error: unknown) => logger.warn({ err: error }, "reader rates"));
  const timer = setInterval(() => void look(), sampleEveryMs);
  timer.unref();
  runtime.onClose(() => clearInterval(timer));
  void look();
}

export async function sampleRates(runtime: Runtime): Promise<void> {
  const checkpoints = await readCheckpoints(
    runtime.pool,
    logReaders.map(({ name }) => name),
  );
  const samples = samplesOf(runtime);
  const atMs = performance.now();
  samples.push({ atMs, positions: new Map(checkpoints.map(({ name, position }) => [name, position])) });
  while (samples.length > 2 && atMs - (samples[1]?.atMs ?? atMs) >= overMs) samples.shift();
}

/** Over the last minute, or since the start where that is later. A reader that was set back has folded nothing. */
export function readerRates(runtime: Runtime): ReaderRates {
  const samples = samplesOf(runtime);
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || first === last) return new Map();
  const seconds = (last.atMs - first.atMs) / 1_000;
  return new Map(
    [...last.positions].map(([name, position]) => {
      const moved = position - (first.positions.get(name) ?? 0n);
      return [name, moved > 0n ? Number(moved) / seconds : 0];
    }),
  );
}
