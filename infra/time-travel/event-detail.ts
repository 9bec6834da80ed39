import type { Actor } from "@/domain/access/policy";
import { type Account, evolve } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { commandOf } from "../commands/find-command";
import type { RecordedCommand } from "../commands/recorded-command";
import { newestVersion } from "../event-log/codec/account-codec";
import { readStream } from "../event-log/read";
import type { StoredEvent } from "../event-log/stored-event";
import type { Db } from "../postgres/connect";
import { transaction } from "../postgres/transaction";
import type { Runtime } from "../runtime";
import { isVisible } from "./account-scope-sql";
import { type EventView, eventViews } from "./event-view";
import { stateAt } from "./state-at";

/** One event, opened up. `internals` are for staff alone. */
export type EventDetail = {
  event: EventView;
  before: Account;
  after: Account;
  hasNext: boolean;
  internals: EventInternals | null;
};

/** The event as stored (texts sealed), the hash it builds on, and the command that caused it. */
export type EventInternals = {
  /** Lifted to the newest shape of its type. */
  stored: StoredEvent;
  /** The very JSON that the hash covers. */
  storedData: unknown;
  /** The version of the newest shape; null where the event was written in it. */
  liftedTo: number | null;
  previousHash: string | null;
  command: RecordedCommand | null;
};

/** Undefined: no such event, or not for this viewer. */
export async function eventDetail(
  { pool, keys }: Pick<Runtime, "pool" | "keys">,
  actor: Actor,
  accountId: AccountId,
  version: number,
): Promise<EventDetail | undefined> {
  return transaction(
    pool,
    async (db) => {
      if (!(await isVisible(db, actor, accountId))) return undefined;
      const [stored] = await readStream(db, accountId, { fromVersion: version, toVersion: version, limit: 1 });
      if (!stored) return undefined;
      const [event] = await eventViews(db, keys.master, actor, [stored]);
      if (!event) throw new Error("an event has a view");
      const { account: before } = await stateAt(db, accountId, version - 1);
      const after = evolve(before, stored.event);
      const { hasNext, previousHash } = await neighboursOf(db, accountId, version);
      if (actor.role === "customer") return { event, before, after, hasNext, internals: null };

      const command = (await commandOf(db, stored.metadata.actor, stored.metadata.commandId)) ?? null;
      const newest = newestVersion(stored.event.type);
      const liftedTo = stored.schemaVersion === newest ? null : newest;
      const storedData = await storedDataOf(db, stored.position);
      return { event, before, after, hasNext, internals: { stored, storedData, liftedTo, previousHash, command } };
    },
    "repeatable read read only",
  );
}

/** Read for themselves: they may be events that cannot be read. */
async function neighboursOf(
  db: Db,
  accountId: AccountId,
  version: number,
): Promise<{ hasNext: boolean; previousHash: string | null }> {
  const { rows } = await db.query<{ version: number; hash: string }>(
    `select e.version, encode(e.hash, 'hex') as hash from events e where e.stream_id = $1 and e.version in ($2::int - 1, $2::int + 1)`,
    [accountId, version],
  );
  return {
    hasNext: rows.some((row) => row.version > version),
    previousHash: rows.find((row) => row.version < version)?.hash ?? null,
  };
}

async function storedDataOf(db: Db, position: bigint): Promise<unknown> {
  const { rows } = await db.query<{ data: unknown }>("select e.data from events e where e.position = $1", [position]);
  return rows[0]?.data;
}
