import type { MomentProblem, QuestionProblem } from "@/app/_moments/moment-problem";
import { parseMoment } from "@/app/_moments/parse-moment";
import type { Asked } from "@/app/_moments/resolve";
import { zoneNamed } from "@/app/_moments/zoned";
import type { AsOfQuestion } from "@/app/_server/as-of";
import { readMoment } from "@/app/_server/read-moment";
import { unitsMax } from "@/domain/text/bounds";
import type { AsOfParams } from "./as-of-params";

export type Question =
  | { kind: "none"; canonical: true }
  | { kind: "problem"; canonical: true; problem: QuestionProblem }
  /** `canonical`: the URL already is the lasting one; otherwise the answer's own address replaces it. */
  | { kind: "at"; canonical: boolean; at: AsOfQuestion; t: Date | undefined };

const versionMax = 2n ** 31n - 1n; // an int of the database
const positionMax = 2n ** 63n - 1n; // a bigint of it

/** The database stamps events, and its clock may be ahead of this machine's: what it has stamped has come. */
const clocksApartMsMax = 60_000;

/** What the URL asks. What a person wrote is resolved against the clock now; what was resolved before is taken as it stands. */
export function readQuestion(asked: AsOfParams, by: Asked): Question {
  if (asked.event !== undefined) {
    const version = countIn(asked.event, versionMax);
    if (version === undefined) return problem({ code: "no_event", written: asked.event });
    return { kind: "at", canonical: false, at: { kind: "event", version: Number(version) }, t: undefined };
  }
  if (asked.when) return readWhen(asked.when, asked.zone, by);

  const t = asked.t ? readInstant(asked.t, by.now) : undefined;
  if (t && !(t instanceof Date)) return problem(t);
  if (asked.position !== undefined) {
    const position = countIn(asked.position, positionMax);
    if (position === undefined) return problem({ code: "no_position", written: asked.position });
    const at = { kind: "position", position, hash: asked.hash, t } as const;
    return { kind: "at", canonical: asked.hash !== undefined, at, t };
  }
  return t === undefined ? { kind: "none", canonical: true } : { kind: "at", canonical: true, at: { kind: "time", t }, t };
}

const problem = (what: QuestionProblem): Question => ({ kind: "problem", canonical: true, problem: what });

function readWhen(when: string, zoneAsked: string | undefined, by: Asked): Question {
  const zone = zoneAsked ? zoneNamed(zoneAsked) : by.zone;
  if (zone === undefined) return problem({ code: "unknown_zone", written: zoneAsked ?? "" });
  const parsed = readMoment(when, { ...by, zone });
  if (!parsed.ok) return problem(parsed.problem);
  return { kind: "at", canonical: false, at: { kind: "time", t: parsed.instant }, t: undefined };
}

/** A resolved instant as our own addresses hold it, UTC. */
function readInstant(text: string, now: Date): Date | MomentProblem {
  if (text.length > unitsMax.moment) return { code: "malformed" };
  const parsed = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text)
    ? parseMoment(text, { zone: "UTC", now: new Date(now.getTime() + clocksApartMsMax) })
    : undefined;
  if (parsed?.ok) return parsed.instant;
  return parsed ? parsed.problem : { code: "malformed" };
}

/** From 1 on, without a leading zero. */
function countIn(text: string, max: bigint): bigint | undefined {
  if (text.length > 19 || !/^[1-9][0-9]*$/.test(text)) return undefined;
  const count = BigInt(text);
  return count <= max ? count : undefined;
}
