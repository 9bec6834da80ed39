import type { Actor } from "@/domain/access/policy";
import type { AccountId, PartyId, UserId } from "@/domain/ids";
import { withDigits } from "@/infra/event-log/codec/digits";
import { transaction } from "@/infra/postgres/transaction";
import type { Runtime } from "@/infra/runtime";
import { accountAsOf } from "@/infra/time-travel/account-as-of";
import { balanceAsOf } from "@/infra/time-travel/balance-as-of";
import type { PastAnswer, Who } from "@/soak/history";

export type PastQuestion = Pick<PastAnswer, "who" | "accountId" | "t"> & { pin?: { position: string; hash: string } | undefined };

/** A customer of the run as the bank knows its askers. */
export function actorOf({ userId, partyId }: Who): Actor & { partyId: PartyId } {
  return { userId: userId as UserId, partyId: partyId as PartyId, role: "customer", authStrength: "password" };
}

/** Asks for the account as of T, at the pin where one is given; null where it is not there or not for this asker. */
export async function askPast(bank: Runtime, { who, accountId: id, t, pin }: PastQuestion): Promise<PastAnswer | null> {
  const [accountId, time] = [id as AccountId, new Date(t)];
  const at = pin
    ? ({ kind: "position", position: BigInt(pin.position), hash: pin.hash, t: time } as const)
    : ({ kind: "time", t: time } as const);
  const answer = await accountAsOf(bank, actorOf(who), { accountId, at });
  if (!answer) return null;
  if (answer.kind !== "answer") throw new Error(`${answer.kind} at ${pin?.position}`);
  const quick = answer.final
    ? await transaction(bank.pool, (db) => balanceAsOf(db, accountId, time), "repeatable read read only")
    : null;
  return {
    accountId: id,
    who,
    t,
    final: answer.final,
    pin: answer.pin && { position: answer.pin.position.toString(), hash: answer.pin.hash },
    version: answer.stoodOn?.version ?? 0,
    state: withDigits(answer.state),
    balance: quick?.balance?.toString() ?? null,
  };
}
