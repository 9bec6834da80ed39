import type { Sample } from "./interleaved";

const leadIn = 0.15; // of the time, not counted: connections are opened and plans made

/** Calls/s of `clients` callers, each asking again as soon as it was answered, for `seconds`. */
export async function closedLoop(clients: number, seconds: number, op: (client: number) => Promise<unknown>): Promise<Sample> {
  const tookMs: number[] = [];
  const start = performance.now() + seconds * leadIn * 1_000;
  const end = start + seconds * 1_000;
  const client = async (n: number) => {
    for (let from = performance.now(); from < end; ) {
      await op(n);
      const now = performance.now();
      if (now >= start) tookMs.push(now - from);
      from = now;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, n) => client(n)));
  const elapsed = (performance.now() - start) / 1_000;
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * share))] ?? Number.NaN;
  return { value: tookMs.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99) };
}
