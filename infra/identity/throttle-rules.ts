import { unreachable } from "@/domain/unreachable";

/**
 * What a try is counted for.
 * - gate: after `free` tries each further one waits 1 s, 2 s, 4 s, … up to `waitSecondsMax`.
 * - pressure: bars nobody by itself. From `free` tries on, halving each hour, it is contested.
 * - share: a gate of one network's own. While its pressure (`of`) is contested, the network must
 *   first wait, from its own first try on. Nobody in another network can lengthen that wait.
 */
export type Counted =
  | { kind: "gate"; key: string; free: number; waitSecondsMax: number }
  | { kind: "pressure"; key: string; free: number }
  | { kind: "share"; key: string; of: string; free: number; waitSecondsMax: number };

/** A count as stored. Tries wait until `openAt`, where that is later than `lastAt`. */
export type Count = { failures: number; lastAt: Date; openAt: Date };

export type Counts = ReadonlyMap<string, Count>;

/** `counts`: those that change, with what they become. */
export type Decision = { counts: Counts } & ({ admitted: true } | { admitted: false; waitSeconds: number });

const hourMs = 3_600_000;
const pressureKeptMs = 12 * hourMs;
const contestedWaitSecondsMin = 10;
const contestedWaitSecondsMax = 900;

/** Whether one more try may go on now, and what is counted. A refused try counts for nothing. */
export function decideTry(counted: readonly Counted[], stored: Counts, now: Date): Decision {
  const counts = new Map(counted.map((one) => [one.key, remembered(one, stored.get(one.key), now)]));
  const levelOf = (key: string) => counts.get(key)?.failures ?? 0;
  const pressureOf = (one: Counted) => (one.kind === "share" ? levelOf(one.of) : 0);
  const contested = (one: Counted) => one.kind === "share" && isContested(counted, one.of, pressureOf(one));
  const countOf = (one: Counted): Count => counts.get(one.key) ?? fresh(now);

  const shut = counted.filter((one) => isBooked(countOf(one)) && countOf(one).openAt > now);
  if (shut.length > 0) return refused(latest(shut.map((one) => countOf(one).openAt)), now, new Map());

  const unbooked = counted.filter((one) => contested(one) && !isBooked(countOf(one)));
  if (unbooked.length > 0) {
    const booked = unbooked.map((one): [string, Count] => {
      const waitSeconds = contestedWait(pressureOf(one));
      return [one.key, { ...countOf(one), lastAt: now, openAt: later(now, waitSeconds) }];
    });
    return refused(latest(booked.map(([, { openAt }]) => openAt)), now, new Map(booked));
  }
  return {
    admitted: true,
    counts: new Map(counted.map((one) => [one.key, after(one, countOf(one), now, contested(one) ? pressureOf(one) : 0)])),
  };
}

/** When a count can be forgotten. */
export function forgottenAt({ kind }: Counted, { lastAt, openAt }: Count): Date {
  const keptMs = kind === "pressure" ? pressureKeptMs : hourMs;
  return new Date(Math.max(lastAt.getTime(), openAt.getTime()) + keptMs);
}

function after(one: Counted, { failures }: Count, now: Date, level: number): Count {
  const tried = failures + 1;
  switch (one.kind) {
    case "gate":
      return { failures: tried, lastAt: now, openAt: later(now, waitAfter(one, tried)) };
    case "pressure":
      return { failures: tried, lastAt: now, openAt: now };
    case "share":
      return {
        failures: tried,
        lastAt: now,
        openAt: later(now, Math.max(waitAfter(one, tried), level > 0 ? contestedWait(level) : 0)),
      };
    default:
      return unreachable(one);
  }
}

function waitAfter({ free, waitSecondsMax }: { free: number; waitSecondsMax: number }, failures: number): number {
  return failures < free ? 0 : Math.min(waitSecondsMax, 2 ** Math.min(failures - free, 30));
}

/** Grows with what was really tried in the last hour or so, never with what was refused. */
function contestedWait(level: number): number {
  return Math.min(contestedWaitSecondsMax, Math.max(contestedWaitSecondsMin, Math.floor(level / 2)));
}

/** A wait was given. Where it has run out, a network's place is still its own. */
const isBooked = ({ lastAt, openAt }: Count): boolean => openAt > lastAt;

function isContested(counted: readonly Counted[], key: string, level: number): boolean {
  return counted.some((one) => one.kind === "pressure" && one.key === key && level >= one.free);
}

/** As it counts now: a gate is forgotten as a whole, a pressure halves each hour. */
function remembered(one: Counted, count: Count | undefined, now: Date): Count {
  if (!count || forgottenAt(one, count) <= now) return fresh(now);
  if (one.kind !== "pressure") return count;
  const hours = Math.max(0, now.getTime() - count.lastAt.getTime()) / hourMs;
  return { ...count, failures: count.failures * 0.5 ** hours };
}

const fresh = (now: Date): Count => ({ failures: 0, lastAt: now, openAt: now });

const later = (now: Date, seconds: number): Date => new Date(now.getTime() + Math.ceil(seconds * 1_000));

const latest = (times: readonly Date[]): Date => new Date(Math.max(...times.map((time) => time.getTime())));

function refused(openAt: Date, now: Date, counts: Counts): Decision {
  return { admitted: false, waitSeconds: Math.max(1, Math.ceil((openAt.getTime() - now.getTime()) / 1_000)), counts };
}
