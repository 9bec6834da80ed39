import type { When } from "./meaning";
import { isClock } from "./read-clock";
import { attempt, firstOf, isGlued, skipWords, type Tokens, takeDigits, takeSign, takeWord } from "./tokens";
import { back, fillers, months, units, whiches } from "./words";

/** Which of the two comes first in `3/4/2026`. A person's date format says; undefined: nobody does. */
export type DateOrder = "day_first" | "month_first";

export type Known = { thisYear: number; order: DateOrder | undefined };

type DateOf = Extract<When, { kind: "date" }>;

const date = (year: number | undefined, month: number, day: number): DateOf => ({
  kind: "date",
  year,
  month,
  day,
  weekday: undefined,
});

/** A day of the calendar with its month: each that it can be. */
export function readDate(tokens: Tokens, known: Known): readonly DateOf[] | undefined {
  return firstOf(
    tokens,
    () => readFigures(tokens, known),
    () => readDayMonth(tokens, known),
    () => readMonthDay(tokens, known),
  );
}

/** `2026-03-03`, `3.3.2026`, `3.3.`, `03/03/2026`, `3/3`. Behind a point the month comes second everywhere. */
function readFigures(tokens: Tokens, { order }: Known): readonly DateOf[] | undefined {
  const first = takeDigits(tokens, 1, 6);
  const sign = takeSign(tokens, "./-");
  const second = sign && takeDigits(tokens, 1, 2);
  if (first === undefined || sign === undefined || second === undefined) return undefined;
  const again = attempt(tokens, () => takeSign(tokens, sign));
  const third = again === undefined ? undefined : attempt(tokens, () => takeYear(tokens, sign === "-" ? 4 : 2));
  const [a, b] = [Number(first), Number(second)];
  if (first.length >= 4) {
    const day = again && takeDigits(tokens, 1, 2);
    return day ? [date(a, b, Number(day))] : undefined;
  }
  if (first.length > 2 || (third === undefined && (sign === "-" || (sign === ".") !== (again !== undefined)))) return undefined;
  return sign === "." || order === "day_first" ? [date(third, b, a)] : order ? [date(third, a, b)] : either(third, a, b);
}

/** Both readings, but for one that no calendar has. */
function either(year: number | undefined, a: number, b: number): readonly DateOf[] {
  if (a === b || a > 12) return [date(year, b, a)];
  return b > 12 ? [date(year, a, b)] : [date(year, b, a), date(year, a, b)];
}

/** `3 March`, `the 3rd of March 2026`, `3. März`, `03-Mar-2026`, `3 March last year`. */
function readDayMonth(tokens: Tokens, known: Known): readonly DateOf[] | undefined {
  takeWord(tokens, { the: true });
  const day = takeDigits(tokens, 1, 2);
  if (day === undefined) return undefined;
  attempt(tokens, () => takeOrdinal(tokens));
  takeSign(tokens, ".-");
  takeWord(tokens, { of: true });
  const month = takeWord(tokens, months);
  if (month === undefined) return undefined;
  return [
    date(
      attempt(tokens, () => readYear(tokens, known, 2)),
      month,
      Number(day),
    ),
  ];
}

/** `March 3`, `March the 3rd, 2026`. */
function readMonthDay(tokens: Tokens, known: Known): readonly DateOf[] | undefined {
  const month = takeWord(tokens, months);
  takeSign(tokens, ".");
  takeWord(tokens, { the: true });
  if (month === undefined || isClock(tokens)) return undefined;
  const day = takeDigits(tokens, 1, 2);
  if (day === undefined) return undefined;
  attempt(tokens, () => takeOrdinal(tokens));
  return [
    date(
      attempt(tokens, () => readYear(tokens, known, 4)),
      month,
      Number(day),
    ),
  ];
}

const ordinals: Readonly<Record<string, true>> = { st: true, nd: true, rd: true, th: true };

export const takeOrdinal = (tokens: Tokens): true | undefined => (isGlued(tokens) ? takeWord(tokens, ordinals) : undefined);

/** `2026`, `, 2026`, `'26`, `of last year`. Of two digits only where nothing else can be meant, and of this century. */
export function readYear(tokens: Tokens, { thisYear }: Pick<Known, "thisYear">, digitsMin: 2 | 4): number | undefined {
  takeSign(tokens, ",.-");
  return firstOf(
    tokens,
    () => (takeSign(tokens, "'") ? takeYear(tokens, 2) : takeYear(tokens, digitsMin)),
    () => {
      skipWords(tokens, fillers);
      const which = takeWord(tokens, whiches);
      return which && takeWord(tokens, units) === "year" ? thisYear - back[which] : undefined;
    },
  );
}

function takeYear(tokens: Tokens, digitsMin: 2 | 4): number | undefined {
  if (isClock(tokens)) return undefined;
  const digits = takeDigits(tokens, digitsMin, 6);
  return digits === undefined || digits.length === 3 ? undefined : Number(digits) + (digits.length === 2 ? 2000 : 0);
}
