import type { When } from "./meaning";
import { type Known, readDate, readYear, takeOrdinal } from "./read-date";
import { isStretch, readStretches } from "./read-stretches";
import { attempt, firstOf, peek, skipWords, type Tokens, takeDigits, takeSign, takeWord } from "./tokens";
import { back, dayWords, fillers, months, units, weekdays, whiches } from "./words";

type Whens = readonly When[];

/**
 * A day, a week, a month, a quarter or a year: each that it can be. `isEdge`: behind "start of" or "end of", where "month"
 * alone is this one.
 */
export function readWhen(tokens: Tokens, known: Known, isEdge = false): Whens | undefined {
  skipWords(tokens, fillers);
  return firstOf<Whens>(
    tokens,
    () => readBefore(tokens, known),
    () => readDay(tokens),
    () => readWeekday(tokens, known),
    () => readDate(tokens, known),
    () => readDayOfMonth(tokens),
    () => readMonth(tokens, known),
    () => readQuarter(tokens, known),
    () => readUnit(tokens, isEdge),
    () => readFeast(tokens, known),
    () => readYearAlone(tokens),
  );
}

/** `the day before yesterday`, `a week before 3 March`, `2 days after the 3rd`. */
function readBefore(tokens: Tokens, known: Known): Whens | undefined {
  const unit = isStretch(tokens) ? undefined : takeWord(tokens, units);
  const stretches = unit ? [{ count: 1, unit }] : readStretches(tokens);
  const sign = stretches && takeWord(tokens, { before: 1, after: -1, vor: 1, nach: -1 });
  const days = sign && readWhen(tokens, known);
  if (!stretches || !sign || !days) return undefined;
  const signed = stretches.map(({ count, unit }) => ({ count: count * sign, unit }));
  return days.map((day) => ({ kind: "before", stretches: signed, day }));
}

function readDay(tokens: Tokens): Whens | undefined {
  const days = takeWord(tokens, dayWords);
  return days === undefined ? undefined : [{ kind: "day", back: days }];
}

/** `Tuesday`, `last Tuesday`, `Friday last week`, `last week Friday`, and before a date: `Tue, 3 Mar`. */
function readWeekday(tokens: Tokens, known: Known): Whens | undefined {
  const which = takeWord(tokens, whiches);
  const isWeek = which !== undefined && takeWord(tokens, units) === "week";
  if (isWeek) skipWords(tokens, fillers);
  const weekday = takeWord(tokens, weekdays);
  if (weekday === undefined) return undefined;
  if (isWeek) return [{ kind: "weekday_of_week", weekday, weeksBack: back[which] }];
  if (which !== undefined) return [{ kind: "weekday", weekday, which }];
  return (
    attempt(tokens, () => readDateBehind(tokens, known, weekday)) ??
    attempt(tokens, () => readWeekBehind(tokens, weekday)) ?? [{ kind: "weekday", weekday, which }]
  );
}

function readDateBehind(tokens: Tokens, known: Known, weekday: number): Whens | undefined {
  takeSign(tokens, ",.");
  skipWords(tokens, fillers);
  return readDate(tokens, known)?.map((date) => ({ ...date, weekday }));
}

function readWeekBehind(tokens: Tokens, weekday: number): Whens | undefined {
  skipWords(tokens, fillers);
  const which = takeWord(tokens, whiches);
  return which && takeWord(tokens, units) === "week" ? [{ kind: "weekday_of_week", weekday, weeksBack: back[which] }] : undefined;
}

/** `the 3rd`, `the 3rd of last month`. */
function readDayOfMonth(tokens: Tokens): Whens | undefined {
  takeWord(tokens, { the: true });
  const digits = takeDigits(tokens, 1, 2);
  if (digits === undefined || !takeOrdinal(tokens)) return undefined;
  const monthsBack = attempt(tokens, () => {
    skipWords(tokens, fillers);
    const which = takeWord(tokens, whiches);
    return which && takeWord(tokens, units) === "month" ? back[which] : undefined;
  });
  return [{ kind: "day_of_month", day: Number(digits), monthsBack }];
}

/** `May`, `last May`, `May 2026`, `May of last year`, `2026-05`, `05/2026`. */
function readMonth(tokens: Tokens, known: Known): Whens | undefined {
  const figures = attempt(tokens, () => readMonthFigures(tokens));
  if (figures) return figures;
  const which = takeWord(tokens, whiches);
  const month = takeWord(tokens, months);
  if (month === undefined) return undefined;
  const year = which ? undefined : attempt(tokens, () => readYear(tokens, known, 4));
  return [{ kind: "month", month, year, which }];
}

function readMonthFigures(tokens: Tokens): Whens | undefined {
  const first = takeDigits(tokens, 1, 4);
  const sign = takeSign(tokens, "-/");
  const second = sign && takeDigits(tokens, first?.length === 4 ? 2 : 4, 4);
  if (first === undefined || second === undefined || first.length === 3) return undefined;
  const [year, month] = first.length === 4 ? [first, second] : [second, first];
  return month.length > 2 ? undefined : [{ kind: "month", year: Number(year), month: Number(month), which: undefined }];
}

/** `Q3`, `Q3 2026`. */
function readQuarter(tokens: Tokens, known: Known): Whens | undefined {
  const digits = takeWord(tokens, { q: true }) && takeDigits(tokens, 1, 1);
  if (!digits) return undefined;
  const year = attempt(tokens, () => readYear(tokens, known, 4));
  return [{ kind: "quarter", quarter: Number(digits), year }];
}

function readUnit(tokens: Tokens, isEdge: boolean): Whens | undefined {
  const which = takeWord(tokens, whiches) ?? (isEdge ? "this" : undefined);
  const unit = which && takeWord(tokens, units);
  if (!unit || unit === "second" || unit === "minute" || unit === "hour") return undefined;
  return [{ kind: "unit", unit, back: back[which] }];
}

/** One name may be of two days: which of them is meant depends on who says it. */
const feasts: readonly (readonly [RegExp, readonly (readonly [number, number])[]])[] = [
  [/^(christmas|xmas) eve$|^heiligabend$/, [[12, 24]]],
  [/^(christmas|xmas) day$/, [[12, 25]]],
  [/^boxing day$/, [[12, 26]]],
  [/^new year'?s eve$|^silvester$/, [[12, 31]]],
  [/^new year'?s day$|^neujahr$/, [[1, 1]]],
  [
    /^christmas$|^xmas$|^weihnachten$/,
    [
      [12, 24],
      [12, 25],
    ],
  ],
  [
    /^new year('?s)?$/,
    [
      [12, 31],
      [1, 1],
    ],
  ],
];

function readFeast(tokens: Tokens, known: Known): Whens | undefined {
  if (takeWord(tokens, whiches) === "next") return undefined;
  for (const length of [3, 2, 1]) {
    const words = tokens.list.slice(tokens.at, tokens.at + length);
    const name = words.map(({ text }) => text).join(" ");
    const days = feasts.find(([pattern]) => pattern.test(name))?.[1];
    if (words.length < length || !days) continue;
    tokens.at += length;
    const year = attempt(tokens, () => readYear(tokens, known, 4));
    return days.map(([month, day]) => ({ kind: "date", year, month, day, weekday: undefined }));
  }
  return undefined;
}

function readYearAlone(tokens: Tokens): Whens | undefined {
  const digits = takeDigits(tokens, 4, 6);
  return digits === undefined || peek(tokens)?.kind === "sign" ? undefined : [{ kind: "year", year: Number(digits) }];
}
