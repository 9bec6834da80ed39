import type { Sample } from "./interleaved";

/** So many a second. */
export async function timed(count: number, work: () => Promise<unknown>): Promise<Sample> {
  const from = performance.now();
  await work();
  const seconds = (performance.now() - from) / 1_000;
  return { value: count / seconds, seconds };
}
