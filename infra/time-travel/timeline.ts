import type { Actor } from "@/domain/access/policy";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import { storedEvent, storedEventColumns } from "../event-log/read";
import type { StoredEvent } from "../event-log/stored-event";
import type { Db } from "../postgres/connect";
import { transaction } from "../postgres/transaction";
import type { Runtime } from "../runtime";
import { isVisible } from "./account-scope-sql";
import { balancesAfter } from "./balances-after";
import { type EventView, eventViews } from "./event-view";
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

export type TimelineEvent = EventView & { balanceAfter: bigint };

/** `next`: the version to go on beyond; null at the end. */
export type TimelinePage = { events: readonly TimelineEvent[]; next: number | null };

/** The account's story: the log itself, no read model. Undefined: not there, or not for this viewer. */
export async function timelinePage(
  { pool, keys }: Pick<Runtime, "pool" | "keys">,
  actor: Actor,
  accountId: AccountId,
  question: TimelineQuestion,
): Promise<TimelinePage | undefined> {
  const limit = Math.min(Math.max(1, question.limit), TIMELINE_EVENTS_MAX);
  return transaction(
    pool,
    async (db) => {
      if (!(await isVisible(db, actor, accountId))) return undefined;
      const found = await readPage(db, accountId, { ...question, limit: limit + 1 });
      const page = found.slice(0, limit);
      const balances = await balancesAfter(
        db,
        accountId,
        page.map(({ version }) => version),
      );
      const views = await eventViews(db, keys.master, actor, page);
      const events = views.map((view) => ({ ...view, balanceAfter: balances.get(view.version) ?? 0n }));
      return { events, next: found.length > limit ? (events.at(-1)?.version ?? null) : null };
    },
    "repeatable read read only",
  );
}

async function readPage(
  db: Db,
  accountId: AccountId,
  { order, limit, beyond, types, from, to }: TimelineQuestion,
): Promise<StoredEvent[]> {
  // Times become versions first: the log has an index on versions, and neither goes back along the other.
  const lowest = from ? (await versionAt(db, accountId, { recordedAt: new Date(from.getTime() - 1) })) + 1 : 1;
  const highest = to ? await versionAt(db, accountId, { recordedAt: new Date(to.getTime() - 1) }) : 2 ** 31 - 1;
  const [low, high] =
    order === "newest" ? [lowest, Math.min(highest, (beyond ?? 2 ** 31) - 1)] : [Math.max(lowest, (beyond ?? 0) + 1), highest];
  const { rows } = await db.query<Parameters<typeof storedEvent>[0]>(
    `select ${storedEventColumns} from events e where e.stream_id = $1 and e.version between $2 and $3
        and ($4::text[] is null or e.type = any($4)) order by e.version ${order === "newest" ? "desc" : "asc"} limit $5`,
    [accountId, low, high, types ?? null, limit],
  );
  return rows.map(storedEvent);
}
