import type { Actor } from "@/domain/access/policy";
import type { Account } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import type { LogHead } from "../event-log/read";
import { logger } from "../logging/logger";
import type { Runtime } from "../runtime";
import { compareEntries, type EntriesBalance } from "./entries-balance";
import { type EventView, eventViews } from "./event-view";
import { type Damage, findDamage } from "./find-damage";
import { readAsOf } from "./read-as-of";

/**
 * "As of T" includes T. A position is the pin of a shared link, with the hash of the event there: with `t` it asks for the moment T as the
 * book stood at that position, so an address cannot show one moment under another's name. An event is the true cursor.
 */
export type AsOfQuestion =
  | { kind: "time"; t: Date }
  | { kind: "position"; position: bigint; hash?: string | undefined; t?: Date | undefined }
  | { kind: "event"; version: number };

/** A place in one history: a position and the hash (hex) of the event there. */
export type Pin = { position: bigint; hash: string };

export type AsOfAnswer = {
  kind: "answer";
  state: Account;
  /** The account's last event then; null: it was not open yet. */
  stoodOn: EventView | null;
  previous: Pin | null;
  next: Pin | null;
  /** It will never change: T lies strictly before the log's time, or the question was pinned. If not final, share `pin`. */
  final: boolean;
  /** How far the log was read: gives this same answer for ever. Null only on an empty log. */
  pin: Pin | null;
  snapshotVersion: number | null;
  eventsFolded: number;
  entriesBalance: EntriesBalance;
  /** Null: the events that it was folded from are those that were recorded, and the other sides agree with them. */
  damage: Damage | null;
};

/** `another_history`: the book does not hold that event at that position, as after a failover that lost some. */
export type AccountAsOf = AsOfAnswer | { kind: "another_history"; position: bigint };

/** The account as it stood, in one snapshot of the database. Undefined: not there, or not for this viewer. */
export async function accountAsOf(
  { pool, keys }: Pick<Runtime, "pool" | "keys">,
  actor: Actor,
  { accountId, at }: { accountId: AccountId; at: AsOfQuestion },
): Promise<AccountAsOf | undefined> {
  const facts = await readAsOf(pool, { actor, accountId, at });
  if (!facts || (at.kind === "event" && !facts.stood)) return undefined;
  const { stood, pin, previous, next, entries } = facts;
  const { account, snapshotVersion, eventsFolded } = facts.state;
  if (at.kind === "position" && (pin === null || (at.hash !== undefined && at.hash !== pin.hash)))
    return { kind: "another_history", position: at.position };
  const [stoodOn = null] = stood ? await eventViews(pool, keys.master, actor, [stood]) : [];
  const folded = account.status === "unopened" ? 0n : account.balance;
  const entriesBalance: EntriesBalance = stood ? compareEntries(entries, { ...stood, folded }) : { kind: "equal" };
  const damage = stood
    ? await findDamage(pool, accountId, { account, version: stood.version, snapshotVersion, entriesBalance })
    : null;
  const answer: AsOfAnswer = {
    kind: "answer",
    state: account,
    stoodOn,
    previous,
    next,
    final: damage === null && (at.kind !== "time" || isFinal(facts, at.t)),
    pin,
    snapshotVersion,
    eventsFolded,
    entriesBalance,
    damage,
  };
  if (damage) report(accountId, answer);
  return answer;
}

/** Strictly before: a second append may still carry the very same millisecond. */
function isFinal({ finalBefore }: Pick<LogHead, "finalBefore">, t: Date): boolean {
  return finalBefore !== null && t < finalBefore;
}

function report(accountId: AccountId, { stoodOn, entriesBalance, damage }: AsOfAnswer): void {
  const facts =
    entriesBalance.kind === "different" ? { folded: `${entriesBalance.folded}`, entries: `${entriesBalance.entries}` } : {};
  logger.error({ accountId, event: stoodOn?.name, ...facts, damage: damage?.kind }, "what an answer stands on is damaged");
}
