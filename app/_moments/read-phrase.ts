import { placeNamed } from "./absolute-moment";
import type { ClockTime, Meaning, Stretch, When } from "./meaning";
import { readClock } from "./read-clock";
import type { Known } from "./read-date";
import { readStretches } from "./read-stretches";
import { readWhen } from "./read-when";
import { attempt, firstOf, isDone, peek, skipWords, type Tokens, takeSign, takeWord, tokensOf } from "./tokens";
import { edges, fillers } from "./words";

/** The text, and what is known of whoever typed it: the names that their zone goes by, and its city. */
export type Heard = Known & { text: string; zone: string; zoneNames: readonly string[]; city: string | undefined };

type Meanings = readonly Meaning[];
type Place = Extract<Meaning, { kind: "at" }>["place"];

/** Every meaning of a phrase that is understood to its last word; undefined: it is not. */
export function readPhrase(heard: Heard): Meanings | undefined {
  const tokens = tokensOf(heard.text);
  const whole = (rule: () => Meanings | undefined) => () => {
    const meanings = rule();
    return isDone(tokens) ? meanings : undefined;
  };
  return firstOf(
    tokens,
    whole(() => readName(tokens)),
    whole(() => readAgo(tokens)),
    whole(() => readEdge(tokens, heard)),
    whole(() => readDayThenClock(tokens, heard)),
    whole(() => readClockThenDay(tokens, heard)),
  );
}

function readName(tokens: Tokens): Meanings | undefined {
  skipWords(tokens, new Set(["the", "account"]));
  return takeWord<Meanings>(tokens, {
    now: [{ kind: "now" }],
    jetzt: [{ kind: "now" }],
    opening: [{ kind: "opening" }],
    opened: [{ kind: "opening" }],
    eröffnung: [{ kind: "opening" }],
  });
}

/** `-7d`, `now-2h`, `3 months ago`, `vor einer Stunde`, and ahead: `+7d`, `in 3 days`. A day may be followed by a time. */
function readAgo(tokens: Tokens): Meanings | undefined {
  const stretches = firstOf(
    tokens,
    () => {
      takeWord(tokens, { now: true });
      const sign = takeSign(tokens, "-+");
      return sign === undefined ? undefined : signed(readStretches(tokens), sign === "-" ? 1 : -1);
    },
    () => {
      const sign = takeWord(tokens, { vor: 1, in: -1 });
      return sign === undefined ? undefined : signed(readStretches(tokens), sign);
    },
    () => {
      const read = readStretches(tokens);
      const sign = takeWord(tokens, { ago: 1, back: 1, earlier: 1, later: -1, hence: -1, from: 0 });
      if (sign === 0) return takeWord(tokens, { now: true }) ? signed(read, -1) : undefined;
      return sign === undefined ? undefined : signed(read, sign);
    },
  );
  if (!stretches) return undefined;
  if (isDone(tokens)) return [{ kind: "ago", stretches }];
  takeSign(tokens, ",");
  return readClock(tokens)?.map((clock) => at({ when: { kind: "before", stretches, day: today }, clock }));
}

const today: When = { kind: "day", back: 0 };

const signed = (stretches: readonly Stretch[] | undefined, sign: number): readonly Stretch[] | undefined =>
  stretches?.map(({ count, unit }) => ({ count: sign * count, unit }));

/** `start of last month`, `end of May 2026`, `Ende Mai`. */
function readEdge(tokens: Tokens, heard: Heard): Meanings | undefined {
  skipWords(tokens, fillers);
  const edge = takeWord(tokens, edges);
  const whens = edge && readWhen(tokens, heard, true);
  return whens && readPlaces(tokens, heard, false)?.flatMap((place) => whens.map((when) => at({ when, edge, place })));
}

function readDayThenClock(tokens: Tokens, heard: Heard): Meanings | undefined {
  const whens = readWhen(tokens, heard);
  if (whens === undefined) return undefined;
  const clocks = attempt(tokens, () => readClockBehind(tokens)) ?? [undefined];
  const edge = clocks[0] ? undefined : attempt(tokens, () => readEndOfDay(tokens));
  const places = readPlaces(tokens, heard, clocks[0] !== undefined);
  return places?.flatMap((place) => whens.flatMap((when) => clocks.map((clock) => at({ when, clock, edge, place }))));
}

function readClockBehind(tokens: Tokens): readonly ClockTime[] | undefined {
  takeSign(tokens, ",");
  return readClock(tokens);
}

/** `, end of day`, as our screens print it. */
function readEndOfDay(tokens: Tokens): "end" | undefined {
  takeSign(tokens, ",");
  if (takeWord(tokens, edges) !== "end" || !takeWord(tokens, { of: true })) return undefined;
  takeWord(tokens, { the: true });
  return takeWord(tokens, { day: "end" } as const);
}

/** `14:00`, `noon on Tuesday`. Without a day there is no midnight to come. */
function readClockThenDay(tokens: Tokens, heard: Heard): Meanings | undefined {
  const clocks = readClock(tokens);
  if (clocks === undefined) return undefined;
  takeSign(tokens, ",");
  const whens = attempt(tokens, () => readWhen(tokens, heard));
  const meant = whens ?? [undefined];
  const possible = whens ? clocks : clocks.filter(({ hour }) => hour !== 24);
  const places = readPlaces(tokens, heard, true);
  return places?.flatMap((place) => meant.flatMap((when) => possible.map((clock) => at({ when, clock, place }))));
}

type At = Extract<Meaning, { kind: "at" }>;

const at = (meant: Partial<At>): At => ({
  kind: "at",
  when: undefined,
  clock: undefined,
  edge: undefined,
  place: undefined,
  ...meant,
});

/**
 * What is left of the text, as the place where clocks show this: `UTC`, `CET`, `+01:00`, `GMT+9`, the city of the reader's
 * own zone, or the last behind one of the first. A list of one; undefined: it is none. An offset needs a time before it, and
 * the name of another zone its capitals: else it is a word like any.
 */
function readPlaces(tokens: Tokens, heard: Heard, hasClock: boolean): readonly [Place] | undefined {
  const next = peek(tokens);
  if (next === undefined) return [undefined];
  if (!next.apart && next.text !== ",") return undefined;
  const typed = heard.text.slice(next.start).replace(/^, ?/, "");
  const rest = typed.toLowerCase();
  const own = ownPlaces(heard).find((name) => rest === name || rest.endsWith(`, ${name}`));
  const written = own === undefined ? rest : rest.slice(0, -own.length).replace(/, $/, "");
  const place = written === "" ? undefined : placeNamed(written);
  if (written !== "" && (place === undefined || (!hasClock && /^[+-]/.test(written)))) return undefined;
  const isName = place?.kind !== "name" || typed.startsWith(place.name) || heard.zoneNames.includes(place.name);
  if (!isName) return undefined;
  tokens.at = tokens.list.length;
  return [place];
}

/** A zone that is no city's goes by names that clocks show in turn: which of them was written says more than "here". */
const ownPlaces = ({ zone, city }: Heard): readonly string[] =>
  city === undefined ? [] : [zone, city, `${city} time`].map((name) => name.toLowerCase());
