/** Why no moment was read: facts, which `questionProblemText` words. */
export type MomentProblem =
  | { code: "malformed" }
  /** Before 1970. */
  | { code: "out_of_range" }
  /** Later than now; without `at`, too late for any calendar of ours. */
  | { code: "not_come"; zone: string; at: Date | undefined }
  | { code: "no_such_day" }
  | { code: "no_such_time" }
  /** The day is none of that name. */
  | { code: "other_weekday"; weekday: string }
  /** A word that says roughly when. */
  | { code: "vague"; written: string }
  /** It leads from one moment to another. */
  | { code: "range" }
  /** The opening was asked for where no account is. */
  | { code: "no_opening" }
  | { code: "unknown_zone"; written: string }
  /** A zone's short name that clocks in `zone` do not show at that moment. */
  | { code: "other_zone"; zone: string; written: string }
  | { code: "in_gap"; zone: string }
  /** Clocks showed it twice. */
  | { code: "twice"; zone: string; readings: readonly Date[] }
  /** It has more than one meaning: those that have come, at least one. */
  | { code: "several"; zone: string; readings: readonly Date[] };

/** Beside what is wrong with a moment: what is to name a position, or an event of the account, and can be neither. */
export type QuestionProblem = MomentProblem | { code: "no_position" | "no_event"; written: string };
