import type { Sample } from "./interleaved";

const leadIn = 0.15; // of the time, not counted: plans are made
const leadInMsMax = 10_000;

/**
 * Calls/s of `clients` callers, each asking again as soon as it was answered, for `seconds` from when every one of them has been answered once: a second
 * and more for 64 that each open a connection, which is no matter of rates.
 */
export async function closedLoop(clients: number, seconds: number, op: (client: number) => Promise<unknown>): Promise<Sample> {
  const tookMs: number[] = [];
  const begun = performance.now();
  let [answered, start, end] = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const beginToCount = (now: number) => {
    start = Math.max(now, begun + seconds * leadIn * 1_000);
    end = start + seconds * 1_000;
  };
  const client = async (n: number) => {
    for (let [from, isFirst] = [begun, true]; from < end; isFirst = false) {
      await op(n);
      const now = performance.now();
      if (isFirst) answered += 1;
      if (start === Number.POSITIVE_INFINITY && (answered === clients || now - begun > leadInMsMax)) beginToCount(now);
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
