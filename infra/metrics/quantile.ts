/** How many observations were at most so large; cumulative, the last one without a bound. */
export type Bucket = { atMost: number; count: number };

/**
 * The value that a share `q` of the observations do not exceed, as Prometheus' histogram_quantile estimates it: evenly spread within a bucket. Null:
 * there were none. What lies beyond the last bound is told as that bound.
 */
export function quantile(buckets: readonly Bucket[], q: number): number | null {
  const total = buckets.at(-1)?.count ?? 0;
  if (total === 0) return null;
  const rank = q * total;
  const at = buckets.findIndex(({ count }) => count >= rank);
  const bucket = buckets[at];
  const before = buckets[at - 1] ?? { atMost: 0, count: 0 };
  if (!bucket || bucket.atMost === Infinity) return before.atMost;
  const within = bucket.count === before.count ? 1 : (rank - before.count) / (bucket.count - before.count);
  return before.atMost + (bucket.atMost - before.atMost) * within;
}
