import { readLog } from "../event-log/read";
import type { LogEvent } from "../event-log/stored-event";
import type { Db } from "../postgres/connect";

/** The log where every event can be read. */
export async function soundLog(db: Db, page: { after: bigint; limit: number }): Promise<LogEvent[]> {
  return (await readLog(db, page)).map((event) => {
    if ("damage" in event) throw event.damage;
    return event;
  });
}
