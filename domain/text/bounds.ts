/**
 * The longest text that anything looks at, in UTF-16 units. A text is held against its bound first: normalising, patterns
 * and hashing may cost more than the text is long.
 */
export const unitsMax = {
  email: 254,
  password: 512,
  amount: 64,
  moment: 80,
  zone: 64,
  id: 64,
  /** A choice out of a list, or a number in an address. */
  choice: 64,
  path: 2_000,
  /** What a page after this one goes on from. */
  cursor: 120,
  hash: 128,
} as const;

/** In characters: a person's name, and what somebody calls an account. */
export const NAME_MAX = 80;
export const NICKNAME_MAX = 40;

/**
 * For a text that is counted in characters. One character comes from at most four code points before it is composed, of two
 * units each, so no text within `characters` is longer.
 */
export const unitsOf = (characters: number): number => characters * 8;
