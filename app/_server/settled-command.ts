import { z } from "zod";
import { type AccountId, type CommandId, parseEventName } from "@/domain/ids";
import { parseCurrency } from "@/domain/money/currency";
import { type Money, money } from "@/domain/money/money";
import { findCommand } from "@/infra/commands/find-command";
import type { RecordedCommand } from "@/infra/commands/recorded-command";
import { runtime } from "@/infra/runtime";
import type { AccountView } from "./account";
import type { Viewer } from "./viewer";

export type SettledCommand = Pick<RecordedCommand, "id" | "type" | "outcome" | "position" | "recordedAt"> & {
  amount: Money | undefined;
};

const storedAmount = z.object({ amount: z.object({ minorUnits: z.string().transform(BigInt), currency: z.string() }) });

/** The viewer's own command on this account, once it is decided. */
export async function settledCommand(
  viewer: Viewer,
  accountId: AccountId,
  commandId: CommandId,
): Promise<SettledCommand | undefined> {
  const command = await findCommand(runtime().pool, viewer.actor, commandId);
  if (!command?.accountIds.includes(accountId)) return undefined;
  return {
    id: command.id,
    type: command.type,
    outcome: command.outcome,
    position: command.position,
    recordedAt: command.recordedAt,
    amount: amountOf(command),
  };
}

/** Whether what a page shows of the account has a command in it: not yet, or not before the account is held no more. */
export type Posting = "posted" | "being_posted" | "held";

export function postingOf({ outcome, position }: SettledCommand, { accountId, freshness, held }: AccountView): Posting {
  if (!outcome.ok) return "posted"; // a refusal stands in no view
  const events = outcome.events.map(parseEventName).filter((event) => event?.accountId === accountId);
  const heldFrom = Math.min(held.account_balances ?? Number.POSITIVE_INFINITY, held.account_entries ?? Number.POSITIVE_INFINITY);
  if (events.some((event) => event && event.version >= heldFrom)) return "held";
  return position > freshness.position ? "being_posted" : "posted";
}

/** The amount that a recorded command asked for, if it moves money. */
export function amountOf(command: RecordedCommand): Money | undefined {
  const stored = storedAmount.safeParse(command.input);
  const currency = stored.success ? parseCurrency(stored.data.amount.currency) : undefined;
  return stored.success && currency ? money(stored.data.amount.minorUnits, currency) : undefined;
}
