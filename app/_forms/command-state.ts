import type { AmountOffer } from "@/domain/money/parse-amount";

/** What a person typed, kept whatever the answer. */
export type Typed = Readonly<Record<string, string>>;

/**
 * The answer to a command form. `commandId` is the id that the next submission carries: a new one after a definite answer
 * (review of another amount included), the same one while the outcome of the last is not known.
 */
export type CommandState =
  | { kind: "idle" }
  | { kind: "editing"; typed: Typed; commandId: string }
  /** `offer`: what to write instead of the amount, where it was refused for its format. */
  | {
      kind: "invalid";
      typed: Typed;
      commandId: string;
      errors: Readonly<Record<string, string>>;
      offer?: AmountOffer | undefined;
    }
  | { kind: "review"; typed: Typed; commandId: string; rows: readonly Version[]; button: string }
  | { kind: "refused"; typed: Typed; commandId: string; title: string; text: string }
  | { kind: "mismatch"; typed: Typed; commandId: string; recorded: readonly Version[]; yours: readonly Version[] }
  | Replayed
  | { kind: "busy" | "older"; typed: Typed; commandId: string }
  /** The outcome is not known, and the page looks for it. `why`: what came in place of an answer. */
  | { kind: "checking"; typed: Typed; commandId: string; why: Unanswered; reference?: string }
  /** The page has looked for it in vain, and looks no more by itself. */
  | { kind: "unknown"; typed: Typed; commandId: string; why: Unanswered }
  /** Surely not booked, and nothing refused it either: it can be sent again as it is. */
  | { kind: "unsent"; typed: Typed; commandId: string; title: string; text: string }
  | { kind: "failed"; typed: Typed; commandId: string; reference: string };

/**
 * The form was sent before, with the same input, and done then: nothing was done now. `again`: the button under which it is done once more,
 * under the new id; undefined where that makes no sense. `to`: where what was done can be seen.
 */
export type Replayed = {
  kind: "replayed";
  typed: Typed;
  commandId: string;
  title: string;
  text: string;
  to: string;
  again: string | undefined;
};

/** `busy`: the bank itself did not get an answer from its book in time. */
export type Unanswered = "lost" | "foreign" | "failed" | "busy";

/** One line of one of two versions of a command that share an id. */
export type Version = { label: string; text: string };

export const idle: CommandState = { kind: "idle" };

/** Whether the bank has given an answer that stands: the id of that submission is spent. */
export const isDefinite = (state: CommandState): boolean =>
  state.kind === "refused" || state.kind === "mismatch" || state.kind === "replayed";

/** Whether the outcome of what was sent is still open. */
export const isOpen = (state: CommandState): boolean => state.kind === "checking" || state.kind === "unknown";

export type CommandAction = (previous: CommandState, form: FormData) => Promise<CommandState>;
