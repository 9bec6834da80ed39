import { randomFillSync } from "node:crypto";

const POOL_BYTES = 8_192;
const pool = Buffer.allocUnsafeSlow(POOL_BYTES);
let used = POOL_BYTES;

/**
 * A few random bytes, for ids and nonces that are made by the thousand: drawn from the system's generator 8 kB at a time (one draw costs
 * 7 µs whatever its size), handed out once and wiped. Keys and tokens draw their own by `randomBytes`.
 */
export function pooledRandomBytes(count: number): Buffer {
  if (count > POOL_BYTES) throw new RangeError(`at most ${POOL_BYTES} bytes at a time`);
  if (used + count > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + count)); // a copy
  pool.fill(0, used, used + count);
  used += count;
  return bytes;
}
