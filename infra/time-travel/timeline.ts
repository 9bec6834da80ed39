import type { Actor } from "@/domain/access/policy";
import { evolve, unopened } from "@/domain/account/account";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import { isUnreadableEvent, type UnreadableEvent } from "../event-log/codec/unreadable-event";
import { eventToFold, type FoldRow, isEventRow, type JoinedEventRow, type StoredEventRow, storedEvent } from "../event-log/read";
import type { StoredEvent } from "../event-log/stored-event";
import type { Db } from "../postgres/connect";
import { textByName } from "../postgres/text-by-name";
import { transaction } from "../postgres/transaction";
import type { Runtime } from "../runtime";
import { believed, type SnapshotRow } from "../snapshots/read-snapshot";
import { scopeOfOpening } from "./account-scope-sql";
import { balanceOf, balancesAfter, type DamageAt, type KnownBalances } from "./balances-after";
import { type EventView, eventViews } from "./event-view";
import { timelineSql } from "./timeline-sql";
import { versionAt } from "./version-at";

export const TIMELINE_EVENTS_MAX = 300;

export type TimelineQuestion = {
  order: "newest" | "oldest";
  /** At most TIMELINE_EVENTS_MAX. */
  limit: number;
  /** Only events beyond this version, in the order asked. */
  beyond?: number | undefined;
  types?: readonly AccountEvent["type"][] | undefined;
  /** Recorded at or after `from`, and before `to`. */
  from?: Date | undefined;
  to?: Date | undefined;
};

/** `balanceAfter` null: an event before it cannot be read, so that nobody can know it. */
export type TimelineEvent = EventView & { balanceAfter: bigint | null };

/** An event that cannot be read, or cannot have happened, keeps its place among the others. */
export type UnreadEvent = Pick<StoredEventRow, "version" | "type"> & { balanceAfter: null; damage: UnreadableEvent };

/** `next`: the version to go on beyond; null at the end. `damage`: what stands in the way of the balances that are null. */
export type TimelinePage = {
  events: readonly (TimelineEvent | UnreadEvent)[];
  next: number | null;
  damage: DamageAt | null;
};

/** The account's story: the log itself, no read model. Undefined: not there, or not for this viewer. */
export async function timelinePage(
  { pool, keys }: Pick<Runtime, "pool" | "keys">,
  actor: Actor,
  accountId: AccountId,
  question: TimelineQuestion,
): Promise<TimelinePage | undefined> {
  const limit = Math.min(Math.max(1, question.limit), TIMELINE_EVENTS_MAX);
  const found = await readPage(pool, actor, accountId, { ...question, limit: limit + 1 });
  if (!found) return undefined;
  const page = found.rows.slice(0, limit);
  const versions = page.map(({ version }) => version);
  const { after, damage } =
    foldedBalances(accountId, versions, found) ??
    (await transaction(pool, (db) => balancesAfter(db, accountId, versions), "repeatable read read only")); // events never change
  const read = page.map((row) => readEvent(row, damage));
  const views = await eventViews(pool, keys.master, actor, read.filter(isRead));
  const viewOf = new Map(views.map((view) => [view.version, view]));
  const events = read.flatMap((event) => {
    if (!isRead(event)) return event;
    const view = viewOf.get(event.version);
    return view ? { ...view, balanceAfter: after.get(event.version) ?? null } : [];
  });
  return { events, next: found.rows.length > limit ? (versions.at(-1) ?? null) : null, damage };
}

function readEvent(row: StoredEventRow, at: DamageAt | null): StoredEvent | UnreadEvent {
  const { version, type } = row;
  if (at?.version === version) return { version, type, balanceAfter: null, damage: at.damage };
  try {
    return storedEvent(row);
  } catch (damage) {
    if (!isUnreadableEvent(damage)) throw damage;
    return { version, type, balanceAfter: null, damage };
  }
}

const isRead = (event: StoredEvent | UnreadEvent): event is StoredEvent => !("damage" in event);

/** The events in the order asked for, and what their balances are folded from. */
type Found = { rows: readonly StoredEventRow[]; snapshot: SnapshotRow | null; tail: readonly FoldRow[] };

type Row = JoinedEventRow & Partial<Pick<Found, "snapshot" | "tail">>;

async function readPage(
  db: Db,
  actor: Actor,
  accountId: AccountId,
  { order, limit, beyond, types, from, to }: TimelineQuestion,
): Promise<Found | undefined> {
  // Times become versions first: the log has an index on versions, and neither goes back along the other.
  const lowest = from ? (await versionAt(db, accountId, { recordedAt: new Date(from.getTime() - 1) })) + 1 : 1;
  const highest = to ? await versionAt(db, accountId, { recordedAt: new Date(to.getTime() - 1) }) : 2 ** 31 - 1;
  const [low, high] =
    order === "newest" ? [lowest, Math.min(highest, (beyond ?? 2 ** 31) - 1)] : [Math.max(lowest, (beyond ?? 0) + 1), highest];
  const scope = scopeOfOpening(actor, 6);
  const name = `timeline_${order}_${scope.kind}`;
  const text = textByName(name, () => timelineSql(order, scope.condition));
  const { rows } = await db.query<Row>({ name, text, values: [accountId, low, high, types ?? null, limit, ...scope.values] });
  if (rows.length === 0) return undefined;
  const { snapshot, tail } = rows.find((row) => row.tail) ?? {};
  return { rows: rows.filter(isEventRow), snapshot: snapshot ?? null, tail: tail ?? [] };
}

/** The balance after each event of the page. Undefined: the snapshot is not to be believed, or too much lies behind it. */
function foldedBalances(accountId: AccountId, versions: readonly number[], { snapshot, tail }: Found): KnownBalances | undefined {
  const first = snapshot?.version ?? 0;
  const last = Math.max(first, ...versions);
  let account = snapshot ? believed(accountId, snapshot) : unopened;
  if (!account || first + tail.length < last) return undefined;
  const after = new Map([[first, balanceOf(account)]]);
  for (const row of tail.slice(0, last - first)) {
    const [version] = row;
    try {
      account = evolve(account, eventToFold(accountId, row)); // not the one that only says that there is more
    } catch (damage) {
      if (!isUnreadableEvent(damage)) throw damage;
      return { after, damage: { version, damage } };
    }
    after.set(version, balanceOf(account));
  }
  return { after, damage: null };
}
