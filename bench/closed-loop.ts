/** `clients` callers, each asking again as soon as it was answered, for `seconds`. */
export async function closedLoop(
  clients: number,
  seconds: number,
  op: () => Promise<unknown>,
): Promise<{ perSecond: number; p50Ms: number; p99Ms: number }> {
  const tookMs: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  const client = async () => {
    for (let from = performance.now(); from < end; ) {
      await op();
      const now = performance.now();
      tookMs.push(now - from);
      from = now;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const elapsed = (performance.now() - start) / 1_000;
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * share))] ?? Number.NaN;
  return { perSecond: tookMs.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99) };
}
