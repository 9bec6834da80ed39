import { notFound, redirect } from "next/navigation";
import type { Account } from "@/domain/account/account";
import type { AccountCommand } from "@/domain/account/commands";
import { type CommandId, parseEventName } from "@/domain/ids";
import { dispatch, review } from "@/infra/commands/dispatch";
import { findCommand } from "@/infra/commands/find-command";
import type { Outcome } from "@/infra/commands/outcome";
import { outcomeOf } from "@/infra/commands/recorded-command";
import { newCommandId } from "@/infra/ids";
import { logger } from "@/infra/logging/logger";
import { runtime } from "@/infra/runtime";
import { caughtUp } from "@/projections/caught-up";
import { postedViews } from "@/projections/registry";
import type { Writing } from "../_components/money/format-money";
import type { CommandState, Typed } from "../_forms/command-state";
import { stateOfOutcome } from "../_forms/outcome-state";
import { checkingAddress } from "./checking-page";
import { mismatchState } from "./mismatch";
import { replayedState } from "./replayed";
import { requestFacts } from "./request-facts";
import { isScripted } from "./sent-form";
import { forgetUnsentForm } from "./unsent-form";
import type { Viewer } from "./viewer";

/** The id that a form carries from the moment it is rendered. */
export const freshCommandId = (): CommandId => newCommandId();

/** How long a page waits for the read models to show what was just booked; past it the page says "being posted". */
const waitMsMax = 1_000;

type Sent = { viewer: Viewer; commandId: CommandId; command: AccountCommand; typed: Typed } & Writing;

/** Gives a command to the bank. Done: on to the account's page, which shows what became of it. Anything else comes back to the form. */
export async function sendCommand(sent: Sent): Promise<CommandState> {
  const { viewer, commandId, command } = sent;
  const from = performance.now();
  await forgetUnsentForm();
  const outcome = await dispatch({ actor: viewer.actor, commandId, command, channel: "web" });
  logOutcome(outcome, sent, performance.now() - from);
  return answered(outcome, sent);
}

/** Asks what a command would do; `show` makes the form that confirms it. A refusal is recorded like any other, and comes back to the form. */
export async function reviewCommand(sent: Sent, show: (before: Account, after: Account) => CommandState): Promise<CommandState> {
  const { viewer, commandId, command } = sent;
  const outcome = await review({ actor: viewer.actor, commandId, command, channel: "web" });
  if (outcome.kind !== "agreed") return answered(outcome, sent);
  // A review on known states looks up no ids: one that is spent would be told only once it is posted.
  const before = await findCommand(runtime().pool, viewer.actor, commandId);
  return before ? answered(outcomeOf(before, true), sent) : show(outcome.before, outcome.after);
}

/** One line a command, by which its events, its row and its answer are found: ids only, as ever. */
function logOutcome(outcome: Outcome, { viewer, commandId, command }: Sent, ms: number): void {
  const { type, accountId } = command;
  const position = "position" in outcome ? outcome.position.toString() : undefined;
  const facts = {
    commandId,
    correlationId: commandId,
    actor: viewer.actor.userId,
    type,
    accountId,
    outcome: outcome.kind,
    position,
  };
  logger.info({ ...facts, ms: Math.round(ms) }, "command");
}

async function answered(outcome: Outcome, sent: Sent): Promise<CommandState> {
  const { viewer, commandId, command, typed, exponent, format } = sent;
  switch (outcome.kind) {
    case "done": {
      const accountId = parseEventName(outcome.events[0] ?? "")?.accountId ?? command.accountId; // a retried opening carries another id than the one that was booked
      const to = `/accounts/${accountId}?command=${commandId}` as const;
      if (outcome.replayed) return replayedState(sent, { to, at: outcome.recordedAt, nextId: newCommandId() });
      await caughtUp(runtime(), postedViews, outcome.position, { waitMsMax }).catch(() => false); // booked it is, whatever comes of waiting
      return redirect(to);
    }
    case "not_found":
      return notFound();
    case "mismatch":
      return mismatchState({ viewer, commandId, command, typed, nextId: newCommandId(), exponent, format });
    case "checking":
      if (!(await isScripted())) redirect(checkingAddress({ commandId, form: (await requestFacts()).path }) as "/");
      return { kind: "checking", typed, commandId, why: "busy" };
    default:
      return stateOfOutcome(outcome, { typed, commandId, nextId: newCommandId(), zone: viewer.zone, exponent, format });
  }
}
