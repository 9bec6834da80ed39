import type { AccountRefusal } from "@/domain/account/refusals";
import type { Writing } from "../_components/money/format-money";
import { refusalText } from "../_wording/refusal";
import type { CommandState, Typed } from "./command-state";

/** The outcomes that bring the form back; `done` and `not_found` leave it, `mismatch` needs the recorded version. */
export type ReturnedOutcome =
  | { kind: "refused"; refusal: AccountRefusal }
  | { kind: "busy" }
  | { kind: "checking" }
  | { kind: "failed"; reference: string };

/** A refusal is definite, so its id is spent and the form goes on with `nextId`; all else keeps the id it has. */
export function stateOfOutcome(
  outcome: ReturnedOutcome,
  { typed, commandId, nextId, exponent, format }: { typed: Typed; commandId: string; nextId: string } & Writing,
): CommandState {
  if (outcome.kind === "refused")
    return { kind: "refused", typed, commandId: nextId, ...refusalText(outcome.refusal, { exponent, format }) };
  if (outcome.kind === "failed") return { kind: "failed", typed, commandId, reference: outcome.reference };
  return { kind: outcome.kind, typed, commandId };
}
