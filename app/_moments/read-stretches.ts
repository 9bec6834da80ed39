import type { Stretch, Unit } from "./meaning";
import { attempt, firstOf, isGlued, peek, type Tokens, takeDigits, takeSign, takeWord } from "./tokens";
import { counts, unitLetters, units } from "./words";

const stretchesMax = 4;

/** `7d`, `3 weeks`, `an hour`, `half an hour`, `1.5 hours`, `1h30m`, `a year and 2 months`. */
export function readStretches(tokens: Tokens): readonly Stretch[] | undefined {
  const stretches: Stretch[] = [];
  while (stretches.length < stretchesMax) {
    const next = attempt(tokens, () => {
      if (stretches.length > 0) takeSign(tokens, ",");
      if (stretches.length > 0) takeWord(tokens, { and: true, und: true });
      return readStretch(tokens);
    });
    if (next === undefined) break;
    stretches.push(...next);
  }
  return stretches.length === 0 ? undefined : stretches;
}

/** Whether a number of units is next: the `a week` of `a week before`, not its `week` alone. */
export function isStretch(tokens: Tokens): boolean {
  const { at } = tokens;
  const found = readStretch(tokens);
  tokens.at = at;
  return found !== undefined;
}

function readStretch(tokens: Tokens): readonly Stretch[] | undefined {
  const count = firstOf(
    tokens,
    () => readHalf(tokens),
    () => readCount(tokens),
    () => takeWord(tokens, counts),
  );
  if (count === undefined) return undefined;
  if (takeWord(tokens, { fortnight: true, fortnights: true })) return [{ count: 2 * count, unit: "week" }];
  const unit = takeUnitLetter(tokens) ?? takeWord(tokens, units);
  if (unit === undefined) return undefined;
  return Number.isInteger(count) || isExact(unit) ? [{ count, unit }] : undefined;
}

/** Of a month there is no half: it has no one length. */
const isExact = (unit: Unit): boolean => unit === "second" || unit === "minute" || unit === "hour";

function readHalf(tokens: Tokens): number | undefined {
  const half = takeWord(tokens, { half: 0.5, halbe: 0.5, halben: 0.5 });
  takeWord(tokens, { a: true, an: true });
  return half;
}

function readCount(tokens: Tokens): number | undefined {
  const whole = takeDigits(tokens, 1, 15);
  if (whole === undefined) return undefined;
  const fraction = attempt(tokens, () =>
    isGlued(tokens) && takeSign(tokens, ".,") && isGlued(tokens) ? takeDigits(tokens, 1, 3) : undefined,
  );
  return Number(fraction === undefined ? whole : `${whole}.${fraction}`);
}

function takeUnitLetter(tokens: Tokens): Unit | undefined {
  const next = peek(tokens);
  if (next?.kind !== "word" || !Object.hasOwn(unitLetters, next.typed)) return undefined;
  tokens.at += 1;
  return unitLetters[next.typed];
}
