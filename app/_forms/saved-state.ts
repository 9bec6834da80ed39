import type { Typed } from "./command-state";

/** The answer to a form that changes a setting: no money moves, so it may simply be sent again. */
export type SavedState =
  | { kind: "idle" }
  | { kind: "saved" }
  | { kind: "invalid"; typed: Typed; errors: Readonly<Record<string, string>> };

export const savingIdle: SavedState = { kind: "idle" };

export const isSaved = (state: SavedState): boolean => state.kind === "saved";

export const savingUnknown = "It is not known whether this was saved. Save it again: that does no harm.";

export type SavingAction = (previous: SavedState, form: FormData) => Promise<SavedState>;
