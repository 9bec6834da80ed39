import type { Typed } from "./command-state";

/** The answer to a form that changes a setting: no money moves, so it may simply be sent again. */
export type SavedState =
  | { kind: "idle" }
  | { kind: "saved" }
  | { kind: "invalid"; typed: Typed; errors: Readonly<Record<string, string>> };

export type SavingAction = (previous: SavedState, form: FormData) => Promise<SavedState>;
