import type { AccountRefusal } from "@/domain/account/refusals";
import type { Writing } from "../_components/money/format-money";
import { formatInstant } from "../_components/time/format-instant";
import { refusalText } from "../_wording/refusal";
import type { CommandState, Typed } from "./command-state";

/** The outcomes that bring the form back; `done` and `not_found` leave it, `mismatch` needs the recorded version, `checking` is looked for. */
export type ReturnedOutcome =
  | { kind: "refused"; refusal: AccountRefusal; decidedAt: Date; replayed: boolean }
  | { kind: "busy" }
  | { kind: "failed"; reference: string };

type Sent = { typed: Typed; commandId: string; nextId: string; zone: string } & Writing;

/** A refusal is definite, so its id is spent and the form goes on with `nextId`; all else keeps the id it has. */
export function stateOfOutcome(outcome: ReturnedOutcome, { typed, commandId, nextId, zone, ...writing }: Sent): CommandState {
  if (outcome.kind === "failed") return { kind: "failed", typed, commandId, reference: outcome.reference };
  if (outcome.kind === "busy") return { kind: "busy", typed, commandId };
  const { title, text } = refusalText(outcome.refusal, writing);
  if (!outcome.replayed) return { kind: "refused", typed, commandId: nextId, title, text };
  const then = `That was the answer on ${formatInstant(outcome.decidedAt, zone, "second")}, when this form was sent first.`;
  return { kind: "refused", typed, commandId: nextId, title, text: `${text} ${then} Send it again to have it decided now.` };
}
