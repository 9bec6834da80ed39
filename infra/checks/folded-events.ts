import type { AccountId } from "@/domain/ids";
import { readBook } from "../book/book";
import { EventFromNewerBuild } from "../event-log/codec/unreadable-event";
import { type StoredEventRow, storedEventColumns } from "../event-log/read";
import type { Db } from "../postgres/connect";
import { type CheckedBook, checkEvent, type Link, noLink } from "./check-event";
import { Fault } from "./fault";

const eventsPerPage = 500;

/**
 * The first event among versions `after` + 1 to `upTo` that is not what its hash says; undefined where all are. A question
 * about one account folds at most 100 events behind a snapshot, so that is what is checked before an answer is called final.
 */
export async function firstAltered(
  db: Db,
  streamId: AccountId,
  { after, upTo }: { after: number; upTo: number },
): Promise<Fault | undefined> {
  const book = await readBook(db);
  let link = after === 0 ? noLink : await linkAt(db, streamId, after);
  while (link.version < upTo) {
    const { rows } = await db.query<StoredEventRow>({
      name: "folded_events",
      text: `select ${storedEventColumns} from events e where e.stream_id = $1 and e.version > $2 and e.version <= $3
        order by e.version limit ${eventsPerPage}`,
      values: [streamId, link.version, upTo],
    });
    if (rows.length === 0) return undefined;
    for (const raw of rows) {
      const fault = faultOf(link, raw, book);
      if (fault) return fault;
      link = raw;
    }
  }
  return undefined;
}

async function linkAt(db: Db, streamId: AccountId, version: number): Promise<Link> {
  const { rows } = await db.query<Link>({
    name: "link_at",
    text: "select e.version, e.hash, e.position from events e where e.stream_id = $1 and e.version = $2",
    values: [streamId, version],
  });
  return rows[0] ?? noLink;
}

function faultOf(link: Link, raw: StoredEventRow, book: CheckedBook): Fault | undefined {
  try {
    checkEvent(link, raw, book);
  } catch (error) {
    if (error instanceof Fault) return error;
    if (!(error instanceof EventFromNewerBuild)) throw error; // its hash is right
  }
  return undefined;
}
