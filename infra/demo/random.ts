import { createHash } from "node:crypto";

/** A stream of chance that a name determines: same name, same draws, on every machine. */
export type Chance = {
  /** In [0, 1). */
  real(): number;
  /** Whole, both ends included. */
  between(min: bigint, max: bigint): bigint;
  pick<T>(list: readonly [T, ...T[]]): T;
};

/** sfc32 (C. Doty-Humphrey, PractRand), seeded by the SHA-256 of the name. Changing one life's draws leaves the others' alone. */
export function chance(name: string): Chance {
  const seed = createHash("sha256").update(name).digest();
  let [a, b, c, counter] = [seed.readInt32LE(0), seed.readInt32LE(4), seed.readInt32LE(8), 1];
  const real = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 2 ** 32;
  };
  return {
    real,
    between: (min, max) => min + BigInt(Math.floor(real() * (Number(max - min) + 1))),
    pick: (list) => list[Math.floor(real() * list.length)] ?? list[0],
  };
}
