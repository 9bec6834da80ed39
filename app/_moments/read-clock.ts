import type { ClockTime } from "./meaning";
import { attempt, firstOf, isGlued, peek, skipWords, type Tokens, takeDigits, takeSign, takeWord } from "./tokens";
import { weekdays } from "./words";

/** Whether a time is written where a number would otherwise be a day or a year: `14:00`, `9am`, `9 Uhr`. */
export function isClock(tokens: Tokens): boolean {
  const { at } = tokens;
  const found = readClock(tokens);
  tokens.at = at;
  return found !== undefined;
}

/**
 * `noon`, `14:05`, `14:05:06.123`, `9am`, `2:30 pm`, `9 in the evening`, `14 Uhr 30`; behind "at" a number alone too. More
 * than one where it could be either half of the day, or either end of it. Numbers that no clock shows are read as they are.
 */
export function readClock(tokens: Tokens): readonly ClockTime[] | undefined {
  return firstOf(tokens, () => {
    const isAt = takeWord(tokens, at) !== undefined || takeSign(tokens, "@") !== undefined;
    return takeWord(tokens, named) ?? firstOf(tokens, () => readFigures(tokens, isAt));
  });
}

const at = { at: true, um: true, gegen: true };

const clock = (hour: number, minute = 0, second = 0, millisecond = 0): ClockTime => ({ hour, minute, second, millisecond });
const [noon, midnight] = [[clock(12)], [clock(0), clock(24)]];
const named = { noon, midday: noon, mittag: noon, mittags: noon, midnight, mitternacht: midnight };

function readFigures(tokens: Tokens, isAt: boolean): readonly ClockTime[] | undefined {
  const digits = takeDigits(tokens, 1, 2);
  if (digits === undefined) return undefined;
  const hour = Number(digits);
  const rest = attempt(tokens, () => readColons(tokens)) ?? attempt(tokens, () => readPoint(tokens));
  const half = attempt(tokens, () => readHalf(tokens, hour));
  if (half !== undefined) return [onHalf(hour, half, rest)];
  if (rest) {
    takeWord(tokens, { uhr: true });
    return [{ ...rest, hour }];
  }
  if (takeWord(tokens, { uhr: true })) return readAfterUhr(tokens, hour);
  if (takeWord(tokens, { "o'clock": true })) return eitherHalf(hour);
  return isAt && !isGlued(tokens) ? eitherHalf(hour) : undefined;
}

function readAfterUhr(tokens: Tokens, hour: number): readonly ClockTime[] {
  const minute = takeDigits(tokens, 1, 2);
  const half = attempt(tokens, () => readHalf(tokens, hour));
  return [onHalf(hour, half, clock(0, Number(minute ?? 0)))];
}

/** `:05`, `:05:06`, `:05:06.123`: what follows the hour. Of a fraction only milliseconds are kept. */
function readColons(tokens: Tokens): ClockTime | undefined {
  const minute = readPart(tokens, ":");
  if (minute === undefined) return undefined;
  const second = attempt(tokens, () => readPart(tokens, ":"));
  const fraction = second === undefined ? undefined : attempt(tokens, () => readPart(tokens, ".,", 1, 9));
  return clock(0, Number(minute), Number(second ?? 0), Number((fraction ?? "").slice(0, 3).padEnd(3, "0")));
}

/** `.30`, which could be the month of a date, if a word behind it says that it is none. */
function readPoint(tokens: Tokens): ClockTime | undefined {
  const minute = readPart(tokens, ".");
  const next = peek(tokens);
  return minute !== undefined && next?.kind === "word" && /^(uhr|[ap]m?)$/.test(next.text) ? clock(0, Number(minute)) : undefined;
}

function readPart(tokens: Tokens, sign: string, min = 2, max = 2): string | undefined {
  if (!isGlued(tokens) || !isGlued(tokens, 1)) return undefined;
  return takeSign(tokens, sign) === undefined ? undefined : takeDigits(tokens, min, max);
}

type Half = "am" | "pm";

const halves: Readonly<Record<string, Half>> = {
  am: "am",
  pm: "pm",
  morgens: "am",
  vormittags: "am",
  nachmittags: "pm",
  abends: "pm",
};
const parts: Readonly<Record<string, Half>> = { morning: "am", afternoon: "pm", evening: "pm" };

/** `am`, `a.m.`, `in the evening`, `abends`. German "am" leads to a day: in `14:00 am Montag` it says nothing of the time. */
function readHalf(tokens: Tokens, hour: number): Half | undefined {
  return firstOf(
    tokens,
    () => {
      const half = takeWord(tokens, halves);
      const next = peek(tokens);
      const leadsOn = next?.kind === "number" || (next?.kind === "word" && Object.hasOwn(weekdays, next.text));
      return half === "am" && hour > 12 && leadsOn ? undefined : half;
    },
    () => {
      const letter = takeWord<Half>(tokens, { a: "am", p: "pm" });
      if (letter === undefined || takeSign(tokens, ".") === undefined || !takeWord(tokens, { m: true })) return undefined;
      takeSign(tokens, ".");
      return letter;
    },
    () => {
      if (!takeWord(tokens, { in: true })) return undefined;
      skipWords(tokens, new Set(["the"]));
      return takeWord(tokens, parts);
    },
  );
}

/** 12 am is midnight, 12 pm noon. An hour that a half of a day lacks is none. */
function onHalf(hour: number, half: Half | undefined, rest = clock(0)): ClockTime {
  if (half === undefined) return { ...rest, hour };
  return { ...rest, hour: hour < 1 || hour > 12 ? Number.NaN : (hour % 12) + (half === "pm" ? 12 : 0) };
}

const eitherHalf = (hour: number): readonly ClockTime[] =>
  hour < 1 || hour > 12 ? [clock(hour)] : [clock(hour % 12), clock((hour % 12) + 12)];
