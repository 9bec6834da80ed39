import { notFound, redirect } from "next/navigation";
import type { Account } from "@/domain/account/account";
import type { AccountCommand } from "@/domain/account/commands";
import { type CommandId, parseEventName } from "@/domain/ids";
import { dispatch, review } from "@/infra/commands/dispatch";
import type { Outcome } from "@/infra/commands/outcome";
import { newCommandId } from "@/infra/ids";
import { logger } from "@/infra/logging/logger";
import { runtime } from "@/infra/runtime";
import { caughtUp } from "@/projections/caught-up";
import { postedViews } from "@/projections/registry";
import type { Writing } from "../_components/money/format-money";
import type { CommandState, Typed } from "../_forms/command-state";
import { stateOfOutcome } from "../_forms/outcome-state";
import { mismatchState } from "./mismatch";
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
  const outcome = await dispatch({ actor: viewer.actor, commandId, command, channel: "web" });
  logOutcome(outcome, sent, performance.now() - from);
  return answered(outcome, sent);
}

/** Asks what a command would do; `show` makes the form that confirms it. A refusal is recorded like any other, and comes back to the form. */
export async function reviewCommand(sent: Sent, show: (before: Account, after: Account) => CommandState): Promise<CommandState> {
  const { viewer, commandId, command } = sent;
  const outcome = await review({ actor: viewer.actor, commandId, command, channel: "web" });
  return outcome.kind === "agreed" ? show(outcome.before, outcome.after) : answered(outcome, sent);
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

async function answered(outcome: Outcome, { viewer, commandId, command, typed, exponent, format }: Sent): Promise<CommandState> {
  switch (outcome.kind) {
    case "done": {
      await caughtUp(runtime(), postedViews, outcome.position, { waitMsMax });
      const accountId = parseEventName(outcome.events[0] ?? "")?.accountId ?? command.accountId; // a retried opening carries another id than the one that was booked
      return redirect(`/accounts/${accountId}?command=${commandId}`);
    }
    case "not_found":
      return notFound();
    case "mismatch":
      return mismatchState({ viewer, commandId, command, typed, nextId: newCommandId(), exponent, format });
    default:
      return stateOfOutcome(outcome, { typed, commandId, nextId: newCommandId(), exponent, format });
  }
}
