import { type MomentProblem, parseMoment } from "@/app/_moments/parse-moment";
import { isZone } from "@/app/_moments/zoned";
import type { AsOfQuestion } from "@/app/_server/as-of";
import type { AsOfParams } from "./as-of-params";

type Question =
  | { kind: "none"; canonical: true }
  | { kind: "problem"; canonical: true; problem: MomentProblem }
  /** `canonical`: the URL already is the lasting one; otherwise the answer's own address replaces it. */
  | { kind: "at"; canonical: boolean; at: AsOfQuestion; t: Date | undefined };

/** What the URL asks. What a person wrote is resolved against the clock now; what was resolved before is taken as it stands. */
export function readQuestion(asked: AsOfParams, viewerZone: string): Question {
  const t = asked.t === undefined ? undefined : readInstant(asked.t);
  if (asked.event !== undefined)
    return { kind: "at", canonical: false, at: { kind: "event", version: asked.event }, t: undefined };
  if (asked.when !== undefined && asked.when !== "") {
    const zone = asked.zone !== undefined && isZone(asked.zone) ? asked.zone : viewerZone;
    const parsed = parseMoment(asked.when, zone, new Date());
    if (!parsed.ok) return { kind: "problem", canonical: true, problem: parsed.problem };
    return { kind: "at", canonical: false, at: { kind: "time", t: parsed.instant }, t: undefined };
  }
  if (asked.position !== undefined) {
    return {
      kind: "at",
      canonical: asked.hash !== undefined,
      at: { kind: "position", position: asked.position, hash: asked.hash, t },
      t,
    };
  }
  if (asked.t !== undefined && t === undefined) return { kind: "problem", canonical: true, problem: { code: "malformed" } };
  return t === undefined ? { kind: "none", canonical: true } : { kind: "at", canonical: true, at: { kind: "time", t }, t };
}

function readInstant(text: string): Date | undefined {
  const parsed = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text) ? new Date(text) : undefined;
  if (parsed === undefined || Number.isNaN(parsed.getTime())) return undefined;
  return parsed.toISOString().startsWith(text.slice(0, 19)) ? parsed : undefined; // 30 February is no day, not 2 March
}
