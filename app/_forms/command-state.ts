/** What a person typed, kept whatever the answer. */
export type Typed = Readonly<Record<string, string>>;

/**
 * The answer to a command form. `commandId` is the id that the next submission carries: a new one after a definite answer
 * (review of another amount included), the same one while the outcome of the last is not known.
 */
export type CommandState =
  | { kind: "idle" }
  | { kind: "editing"; typed: Typed; commandId: string }
  | { kind: "invalid"; typed: Typed; commandId: string; errors: Readonly<Record<string, string>> }
  | { kind: "review"; typed: Typed; commandId: string; rows: readonly { label: string; text: string }[]; button: string }
  | { kind: "refused"; typed: Typed; commandId: string; title: string; text: string }
  | { kind: "mismatch"; typed: Typed; commandId: string; recorded: readonly Version[]; yours: readonly Version[] }
  | { kind: "busy" | "checking" | "older"; typed: Typed; commandId: string }
  | { kind: "failed"; typed: Typed; commandId: string; reference: string };

/** One line of one of two versions of a command that share an id. */
export type Version = { label: string; text: string };

export const idle: CommandState = { kind: "idle" };

/** Whether the bank has given an answer that stands: the id of that submission is spent. */
export const isDefinite = (state: CommandState): boolean => state.kind === "refused" || state.kind === "mismatch";

export type CommandAction = (previous: CommandState, form: FormData) => Promise<CommandState>;
