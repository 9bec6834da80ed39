import type { Actor } from "@/domain/access/policy";
import type { AccountCommand } from "@/domain/account/commands";
import type { AccountId, CommandId, PartyId } from "@/domain/ids";
import { type OfferedCurrency, parseOfferedCurrency } from "@/domain/money/currency";
import { money } from "@/domain/money/money";
import { allocateAccount } from "../commands/allocate-account";
import { dispatch } from "../commands/dispatch";
import type { Outcome } from "../commands/outcome";
import { newCommandId, newPartyId, newUserId } from "../ids";
import type { Runtime } from "../runtime";

/** A customer who exists nowhere but in the commands that tests give. */
export function customer(partyId: PartyId = newPartyId()): Actor & { partyId: PartyId } {
  return { userId: newUserId(), partyId, role: "customer", authStrength: "password" };
}

export function eur(minorUnits: bigint) {
  return money(minorUnits, parseOfferedCurrency("EUR") as OfferedCurrency);
}

type Give = { runtime: Runtime; actor: Actor; commandId?: CommandId };

export function give(command: AccountCommand, { runtime, actor, commandId = newCommandId() }: Give): Promise<Outcome> {
  return dispatch({ runtime, actor, commandId, command, channel: "web" });
}

/** Opens a current account in euro for a customer. */
export async function openAccount(runtime: Runtime, actor: Actor & { partyId: PartyId }): Promise<AccountId> {
  const { accountId, accountNumber } = await allocateAccount(runtime.pools.writer);
  const holders = [actor.partyId];
  const outcome = await give(
    {
      type: "OpenAccount",
      accountId,
      accountNumber,
      currency: parseOfferedCurrency("EUR") as OfferedCurrency,
      holders,
      product: "current",
    },
    { runtime, actor },
  );
  if (outcome.kind !== "done") throw new Error(`opening an account ended ${outcome.kind}`);
  return accountId;
}

export const deposit = (accountId: AccountId, minorUnits: bigint, text?: string): AccountCommand => ({
  type: "DepositMoney",
  accountId,
  amount: eur(minorUnits),
  ...(text !== undefined && { description: { plain: text } }),
});

export const withdraw = (accountId: AccountId, minorUnits: bigint): AccountCommand => ({
  type: "WithdrawMoney",
  accountId,
  amount: eur(minorUnits),
});
