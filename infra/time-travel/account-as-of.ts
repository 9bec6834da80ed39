import type { Actor } from "@/domain/access/policy";
import type { Account } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { type LogHead, logHead, readStream } from "../event-log/read";
import type { StoredEvent } from "../event-log/stored-event";
import { logger } from "../logging/logger";
import type { Db } from "../postgres/connect";
import { transaction } from "../postgres/transaction";
import type { Runtime } from "../runtime";
import { isVisible } from "./account-scope-sql";
import { compareEntries, type EntriesBalance } from "./entries-balance";
import { type EventView, eventViews } from "./event-view";
import { stateAt } from "./state-at";
import { versionAt } from "./version-at";

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
};

/** `another_history`: the book does not hold that event at that position, as after a failover that lost some. */
export type AccountAsOf = AsOfAnswer | { kind: "another_history"; position: bigint };

/** The account as it stood, in one snapshot of the database. Undefined: not there, or not for this viewer. */
export async function accountAsOf(
  { pool, keys }: Pick<Runtime, "pool" | "keys">,
  actor: Actor,
  { accountId, at }: { accountId: AccountId; at: AsOfQuestion },
): Promise<AccountAsOf | undefined> {
  const answer = await transaction(
    pool,
    async (db) => {
      if (!(await isVisible(db, actor, accountId))) return undefined;
      const place = await placeOf(db, accountId, at);
      if (place.kind !== "place") return place.kind === "another_history" ? place : undefined;
      const { version, ...truth } = place;
      const { account, snapshotVersion, eventsFolded } = await stateAt(db, accountId, version);
      const near = await readStream(db, accountId, { fromVersion: version - 1, toVersion: version + 1, limit: 3 });
      const at3 = (wanted: number) => near.find((stored) => stored.version === wanted);
      const stood = at3(version);
      const [stoodOn = null] = stood ? await eventViews(db, keys.master, actor, [stood]) : [];
      const folded = account.status === "unopened" ? 0n : account.balance;
      const entriesBalance: EntriesBalance = stood
        ? await compareEntries(db, { accountId, version, position: stood.position, folded })
        : { kind: "equal" };
      const [previous, next] = [pinOf(at3(version - 1)), pinOf(at3(version + 1))];
      return {
        ...truth,
        kind: "answer" as const,
        state: account,
        stoodOn,
        previous,
        next,
        snapshotVersion,
        eventsFolded,
        entriesBalance,
      };
    },
    "repeatable read read only",
  );
  if (answer?.kind === "answer" && answer.entriesBalance.kind === "different") report(accountId, answer);
  return answer;
}

type Place =
  | { kind: "place"; version: number; final: boolean; pin: Pin | null }
  | { kind: "another_history"; position: bigint }
  | { kind: "no_such_event" };

async function placeOf(db: Db, accountId: AccountId, at: AsOfQuestion): Promise<Place> {
  switch (at.kind) {
    case "time": {
      const head = await logHead(db); // in the snapshot of the answer: the wall clock is no evidence (6–17 % of such answers changed)
      return {
        kind: "place",
        version: await versionAt(db, accountId, { recordedAt: at.t }),
        final: isFinal(head, at.t),
        pin: await pinAt(db, head.position),
      };
    }
    case "position": {
      const pin = await pinAt(db, at.position);
      if (pin === null || (at.hash !== undefined && at.hash !== pin.hash))
        return { kind: "another_history", position: at.position };
      const known = await versionAt(db, accountId, { position: at.position });
      const version = at.t ? Math.min(known, await versionAt(db, accountId, { recordedAt: at.t })) : known;
      return { kind: "place", version, final: true, pin };
    }
    case "event": {
      const [stored] = await readStream(db, accountId, { fromVersion: at.version, toVersion: at.version, limit: 1 });
      return stored ? { kind: "place", version: at.version, final: true, pin: pinOf(stored) } : { kind: "no_such_event" };
    }
  }
}

/** Strictly before: a second append may still carry the very same millisecond. */
export function isFinal({ finalBefore }: Pick<LogHead, "finalBefore">, t: Date): boolean {
  return finalBefore !== null && t < finalBefore;
}

function pinOf(stored: StoredEvent | undefined): Pin | null {
  return stored ? { position: stored.position, hash: stored.hash.toString("hex") } : null;
}

/** Of whatever stands there, unread: it may be another account's, or of a newer build. */
async function pinAt(db: Db, position: bigint): Promise<Pin | null> {
  const { rows } = await db.query<Pin>({
    name: "pin_at",
    text: "select e.position, encode(e.hash, 'hex') as hash from events e where e.position = $1",
    values: [position],
  });
  return rows[0] ?? null;
}

function report(accountId: AccountId, { stoodOn, entriesBalance }: AsOfAnswer): void {
  const facts =
    entriesBalance.kind === "different" ? { folded: `${entriesBalance.folded}`, entries: `${entriesBalance.entries}` } : {};
  logger.error({ accountId, event: stoodOn?.name, ...facts }, "account_entries differs from the fold of the log");
}
