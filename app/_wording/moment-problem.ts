import { unreachable } from "@/domain/unreachable";
import type { QuestionProblem } from "../_moments/moment-problem";
import { spokenMoment } from "../_moments/spoken-moment";

/** Why a moment was not understood, and what next. */
export function questionProblemText(problem: QuestionProblem): string {
  switch (problem.code) {
    case "malformed":
      return "This is not a moment we can read. Try “3 March”, “end of May”, “yesterday 14:00”, “-7d” or “2026-03-03”.";
    case "out_of_range":
      return "Moments can be asked for from the year 1970 on. Choose a later one.";
    case "not_come":
      return `That moment has not come${problem.at ? `: ${spokenMoment(problem.at, problem.zone)}` : ""}. Choose one that has.`;
    case "no_such_day":
      return "No calendar has this day. Choose another one.";
    case "no_such_time":
      return "No clock shows this time. Write it like 14:05 or 2:05 pm.";
    case "other_weekday":
      return `That day was a ${problem.weekday}. Leave the name of the day out, or correct it.`;
    case "vague":
      return `“${problem.written}” does not say exactly when. Write a day, and a time if you need one, like 14:00.`;
    case "range":
      return "This is a stretch of time, not one moment. Write its start or its end.";
    case "no_opening":
      return "Only an account has an opening. Choose an account first.";
    case "several":
      return severalText(problem.readings.map((reading) => spokenMoment(reading, problem.zone)));
    case "unknown_zone":
      return `We know no time zone called “${problem.written}”. Choose one from the list.`;
    case "other_zone":
      return `Clocks in ${problem.zone} do not show ${problem.written} then. Write an offset, like +01:00, or choose another zone.`;
    case "no_position":
      return "Positions count from 1. The address names none of them.";
    case "no_event":
      return "Events of an account count from 1. The address names none of them.";
    case "in_gap":
      return `Clocks in ${problem.zone} skipped this hour: it was put forward. Choose a time before or after.`;
    case "twice":
      return `Clocks in ${problem.zone} showed this time twice. Which do you mean?`;
    default:
      return unreachable(problem);
  }
}

/** What has not come is no choice, but was among the meanings. */
function severalText(readings: readonly string[]): string {
  const all = readings.length === 1 ? [...readings, "a moment that has not come"] : readings;
  return `This could mean ${all.slice(0, -1).join("; ")}, or ${all.at(-1)}. Which do you mean?`;
}
