import { z } from "zod";
import type { AccountId, CommandId } from "@/domain/ids";
import { parseCurrency } from "@/domain/money/currency";
import { type Money, money } from "@/domain/money/money";
import { findCommand } from "@/infra/commands/find-command";
import type { RecordedCommand } from "@/infra/commands/recorded-command";
import { runtime } from "@/infra/runtime";
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

/** The amount that a recorded command asked for, if it moves money. */
export function amountOf(command: RecordedCommand): Money | undefined {
  const stored = storedAmount.safeParse(command.input);
  const currency = stored.success ? parseCurrency(stored.data.amount.currency) : undefined;
  return stored.success && currency ? money(stored.data.amount.minorUnits, currency) : undefined;
}
