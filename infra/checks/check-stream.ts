import { type Account, evolve, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { type StoredEventRow, storedEventColumns } from "../event-log/read";
import type { Db } from "../postgres/connect";
import { faultyCauses } from "./check-commands";
import { type CheckedBook, checkEvent, type Link, noLink } from "./check-event";
import { eventPlace, Fault } from "./fault";

const eventsPerPage = 1_000;

/** The first fault in an account's whole history: its chain, its form, its commands, and that it can have happened. */
export async function checkStream(db: Db, book: CheckedBook, streamId: AccountId): Promise<Fault | undefined> {
  let link: Link = noLink;
  let account: Account = unopened;
  for (;;) {
    const { rows } = await db.query<StoredEventRow>(
      `select ${storedEventColumns} from events e where e.stream_id = $1 and e.version > $2 order by e.version limit ${eventsPerPage}`,
      [streamId, link.version],
    );
    for (const raw of rows) {
      try {
        account = evolved(account, checkEvent(link, raw, book));
      } catch (error) {
        if (error instanceof Fault) return error;
        throw error;
      }
      const [cause] = await faultyCauses(db, raw.position, raw.position);
      if (cause) return cause;
      link = raw;
    }
    if (rows.length < eventsPerPage) return undefined;
  }
}

/** @throws Fault for an event that cannot have happened. */
export function evolved(account: Account, stored: ReturnType<typeof checkEvent>): Account {
  try {
    return evolve(account, stored.event);
  } catch (error) {
    throw new Fault(eventPlace(stored), error instanceof Error ? error.message : String(error), stored);
  }
}
