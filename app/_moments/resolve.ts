import { unreachable } from "@/domain/unreachable";
import { type ClockFace, clockFaceOf } from "./clock-face";
import type { ClockTime, Meaning, Stretch } from "./meaning";
import type { MomentProblem } from "./moment-problem";
import { isInRange, isNear, momentYears } from "./moment-range";
import type { DateOrder } from "./read-date";
import { before, exactMs, type Named, type Span, spansOf } from "./spans";
import { spokenMoment } from "./spoken-moment";
import { addDays, type WallTime } from "./zoned";

/** Who asks, and when. */
export type Asked = {
  zone: string;
  now: Date;
  /** When the account was opened that the question is about. */
  opening?: Date | undefined;
  /** How the person writes dates, if they have said so. */
  order?: DateOrder | undefined;
};

/** `named`: what kind of thing was named; `spoken`: how it is said, which is read back as the same instant. */
export type Reading = { ok: true; instant: Date; named: Named; spoken: string };

export type ParsedMoment = Reading | { ok: false; problem: MomentProblem };

type Found = { instant: Date; named: Named };
type Outcome = Found | MomentProblem;

/** The one moment that is meant; of several meanings, and of what has not come, no instant. */
export function resolve(meanings: readonly Meaning[], asked: Asked): ParsedMoment {
  const outcomes = meanings.map((meaning) => resolveOne(meaning, asked));
  const possible = outcomes.filter((outcome) => !("code" in outcome && isImpossible[outcome.code]));
  const found = possible.filter((outcome): outcome is Found => "instant" in outcome);
  const readings = [...new Set(found.map(({ instant }) => instant.getTime()))].sort((a, b) => a - b).map((at) => new Date(at));
  if (found[0] && found.length === possible.length && readings.length === 1) return reading(found[0], asked);
  if (found[0]) return refused({ code: "several", zone: asked.zone, readings });
  const problem = possible[0] ?? outcomes[0];
  return refused(problem && "code" in problem ? problem : { code: "malformed" });
}

export const refused = (problem: MomentProblem): ParsedMoment => ({ ok: false, problem });

const reading = ({ instant, named }: Found, { zone }: Asked): Reading => ({
  ok: true,
  instant,
  named,
  spoken: spokenMoment(instant, zone),
});

/** What a phrase cannot mean because there is no such thing. */
const isImpossible: Readonly<Partial<Record<MomentProblem["code"], true>>> = {
  malformed: true,
  no_such_day: true,
  no_such_time: true,
  other_weekday: true,
};

function resolveOne(meaning: Meaning, asked: Asked): Outcome {
  switch (meaning.kind) {
    case "now":
      return { instant: asked.now, named: "instant" };
    case "opening":
      return asked.opening ? come(asked.opening, "instant", asked) : { code: "no_opening" };
    case "ago":
      return resolveAgo(meaning.stretches, asked);
    case "at":
      return resolveAt(meaning, asked);
    default:
      return unreachable(meaning);
  }
}

/** Hours and less are exact; days and more keep the clock's time. */
function resolveAgo(stretches: readonly Stretch[], asked: Asked): Outcome {
  const face = clockFaceOf(undefined, asked.zone);
  const exact = stretches.reduce((ms, { count, unit }) => ms + Math.round(count * (exactMs[unit] ?? 0)), 0);
  const isExact = stretches.every(({ unit }) => unit in exactMs);
  if (isExact) return come(new Date(asked.now.getTime() - exact), "instant", asked);
  const wall = before(face.shownAt(asked.now), stretches);
  return isNear(wall.year)
    ? come(new Date(face.firstInstantOf(wall).getTime() - exact), "instant", asked)
    : beyond(wall.year, asked);
}

const beyond = (year: number, { zone }: Asked): MomentProblem =>
  year > momentYears.last ? { code: "not_come", zone, at: undefined } : { code: "out_of_range" };

/** The instant if it has come. */
function come(instant: Date, named: Named, { zone, now }: Asked): Outcome {
  if (instant.getTime() > now.getTime()) return { code: "not_come", zone, at: isInRange(instant) ? instant : undefined };
  return isInRange(instant) ? { instant, named } : { code: "out_of_range" };
}

type At = Extract<Meaning, { kind: "at" }>;

/** The latest of what was named that has come; of a day or more that is running, now. */
function resolveAt(meaning: At, asked: Asked): Outcome {
  const { zone, now } = asked;
  const face = clockFaceOf(meaning.place, zone);
  const today = face.shownAt(now);
  const spans = meaning.when ? spansOf(meaning.when, today) : daysBack(today);
  if ("code" in spans)
    return spans.code === "other_weekday" ? { code: spans.code, weekday: weekdayNames[spans.weekday] ?? "" } : spans;
  if (meaning.clock && !isTime(meaning.clock)) return { code: "no_such_time" };
  if (meaning.clock && spans.some(({ named }) => named !== "day")) return { code: "malformed" };
  let upcoming: Date | undefined;
  for (const span of spans) {
    if (!isNear(span.first.year)) return beyond(span.first.year, asked);
    const instants = instantsIn(span, meaning, face);
    const first = instants[0] ?? firstAfterGap(span, meaning, face);
    if (first.getTime() <= now.getTime()) return among(instants, { span, meaning, face, asked });
    if (span.mayRun && !meaning.clock && !meaning.edge && face.startOfDay(span.first).getTime() <= now.getTime())
      return { instant: now, named: "instant" };
    upcoming = first;
  }
  return upcoming ? come(upcoming, "instant", asked) : { code: "malformed" };
}

const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** For a time without a day: clocks skip an hour once a year. */
const daysBack = (today: WallTime): readonly Span[] =>
  [0, 1, 2].map((back) => {
    const first = addDays(today, -back);
    return { first, afterLast: addDays(first, 1), named: "day", mayRun: false };
  });

function isTime({ hour, minute, second, millisecond }: ClockTime): boolean {
  if (hour === 24) return minute + second + millisecond === 0;
  return hour < 24 && minute < 60 && second < 60;
}

function instantsIn(span: Span, { clock, edge }: At, face: ClockFace): readonly Date[] {
  if (clock) return face.instantsOf(wallOf(span, clock));
  return [edge === "start" ? face.startOfDay(span.first) : new Date(face.startOfDay(span.afterLast).getTime() - 1)];
}

const wallOf = ({ first, afterLast }: Span, clock: ClockTime): WallTime =>
  clock.hour === 24 ? { ...afterLast, ...clock, hour: 0 } : { ...first, ...clock };

const firstAfterGap = (span: Span, { clock }: At, face: ClockFace): Date =>
  face.firstInstantOf(clock ? wallOf(span, clock) : span.first);

type Within = { span: Span; meaning: At; face: ClockFace; asked: Asked };

/** Of the instants of a span the one that is meant. */
function among(instants: readonly Date[], { span, meaning, face, asked }: Within): Outcome {
  const { zone, now } = asked;
  if (instants.length === 0) return { code: "in_gap", zone };
  const named = instants.filter((instant) => face.isNamed(instant));
  if (named.length === 0 && meaning.place?.kind === "name") return { code: "other_zone", zone, written: meaning.place.name };
  const past = named.filter((instant) => instant.getTime() <= now.getTime());
  const [first, second] = past;
  if (first && second) return { code: "twice", zone, readings: past };
  return come(first ?? named[0] ?? now, meaning.clock ? "minute" : span.named, asked);
}
