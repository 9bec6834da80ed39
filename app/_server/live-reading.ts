import type { LiveReading } from "../_moments/live-reading";
import type { MomentProblem } from "../_moments/moment-problem";
import type { Asked } from "../_moments/resolve";
import { spokenMoment } from "../_moments/spoken-moment";
import { zoneNamed } from "../_moments/zoned";
import { questionProblemText } from "../_wording/moment-problem";
import { readMoment } from "./read-moment";

/** What a person typed, and where they are, as the field tells it. Expects nothing of their length. */
export type TypedMoment = { text: string; zone: string; opening?: Date | undefined };

/** How a moment is read, in words for whoever is typing it. */
export function liveReading({ text, zone, opening }: TypedMoment, now: Date): LiveReading {
  const known = zoneNamed(zone);
  if (known === undefined) return refusal({ code: "unknown_zone", written: zone.slice(0, 64) });
  const asked: Asked = { zone: known, now, opening };
  const parsed = readMoment(text, asked);
  if (!parsed.ok) return refusal(parsed.problem);
  const { instant, named, spoken } = parsed;
  return { kind: "read", instant: instant.toISOString(), named, spoken };
}

function refusal(problem: MomentProblem): LiveReading {
  const choices = "readings" in problem ? problem.readings.map((reading) => spokenMoment(reading, problem.zone)) : [];
  return { kind: "refused", code: problem.code, text: questionProblemText(problem), choices };
}
