import type { AccountId } from "@/domain/ids";
import { EventFromNewerBuild } from "../event-log/codec/unreadable-event";
import { type StoredEventRow, storedEventColumns } from "../event-log/read";
import type { StoredEvent } from "../event-log/stored-event";
import type { Db } from "../postgres/connect";
import { type Accepted, isAcceptedEvent } from "../review/findings";
import { faultyCauses, faultyCommands, PlacedFault } from "./check-commands";
import { type CheckedBook, checkEvent, type Link, noLink } from "./check-event";
import { eventPlace, Fault, NewerThanBuild } from "./fault";

/**
 * `reached`: the last position that was looked at. `faults`: what is wrong and was not accepted, in order. `newer`: why it ended
 * early. `events`: those that can be read, in order.
 */
export type RangeCheck = {
  reached: bigint;
  faults: readonly Fault[];
  events: readonly StoredEvent[];
  newer: EventFromNewerBuild | NewerThanBuild | undefined;
};

type Range = { after: bigint; upTo: bigint };

/**
 * Holds the events at positions `after` + 1 to `upTo`, and the commands decided there, against those before them and against
 * each other. What lies before the range is taken as it stands. A fault does not end the check: the next event is held against
 * the faulty one as it is. Costs a few queries a range, so keep a range at some hundred events.
 */
export async function checkRange(db: Db, book: CheckedBook, accepted: Accepted, { after, upTo }: Range): Promise<RangeCheck> {
  const { rows } = await db.query<StoredEventRow>({
    name: "check_range",
    text: `select ${storedEventColumns} from events e where e.position >= $1 and e.position <= $2 order by e.position`,
    values: [after, upTo],
  });
  const first = rows[0]?.position === after ? rows.shift() : undefined;
  const followed = followRows(rows, await linksBefore(db, rows), { book, after, recordedAt: first?.recordedAt });
  const causes = followed.reached > after ? await faultyCauses(db, after + 1n, followed.reached) : [];
  const found = endedBefore(
    followed,
    causes.find((cause) => cause instanceof NewerThanBuild),
  );
  const { reached } = found;
  const commands = reached > after ? await faultyCommands(db, after, reached) : [];
  const all = [...found.faults, ...causes, ...commands];
  const faults = all
    .filter((fault) => positionOf(fault) <= reached && !isAccepted(accepted, fault))
    .sort((a, b) => Number(positionOf(a) - positionOf(b)));
  return { ...found, faults };
}

function isAccepted(accepted: Accepted, fault: Fault): boolean {
  return fault.event ? isAcceptedEvent(accepted, fault.event) : accepted.has(fault.where);
}

/** A command of a newer build ends the check as an event of one does: nothing behind it is held against what this build knows. */
function endedBefore(found: RangeCheck, newer: NewerThanBuild | undefined): RangeCheck {
  if (!newer) return found;
  const reached = positionOf(newer) - 1n;
  return { ...found, reached, events: found.events.filter(({ position }) => position <= reached), newer };
}

/** Where a fault stands in the book. */
export function positionOf(fault: Fault): bigint {
  return fault.event?.position ?? (fault instanceof PlacedFault ? fault.position : 0n);
}

type Around = { book: CheckedBook; after: bigint; recordedAt: Date | undefined };

function followRows(rows: readonly StoredEventRow[], links: Map<AccountId, Link>, around: Around): RangeCheck {
  const faults: Fault[] = [];
  const events: StoredEvent[] = [];
  let { after: reached, recordedAt } = around;
  for (const raw of rows) {
    try {
      if (raw.position !== reached + 1n)
        faults.push(new PlacedFault(`position ${reached + 1n}`, `missing, ${raw.position - reached - 1n} in all`, reached + 1n));
      if (recordedAt && raw.recordedAt < recordedAt)
        throw new Fault(eventPlace(raw), `recorded at ${raw.recordedAt.toISOString()}, before its predecessor`, raw);
      events.push(checkEvent(links.get(raw.streamId) ?? noLink, raw, around.book));
    } catch (error) {
      if (error instanceof EventFromNewerBuild) return { reached, faults, events, newer: error };
      if (!(error instanceof Fault)) throw error;
      faults.push(error);
    }
    links.set(raw.streamId, raw);
    recordedAt = raw.recordedAt;
    reached = raw.position;
  }
  return { reached, faults, events, newer: undefined };
}

/** What the first event of each account follows, as it stands in the log. */
async function linksBefore(db: Db, rows: readonly StoredEventRow[]): Promise<Map<AccountId, Link>> {
  const firsts = new Map<AccountId, number>();
  for (const { streamId, version } of rows) if (!firsts.has(streamId)) firsts.set(streamId, version);
  const { rows: found } = await db.query<Link & { streamId: AccountId }>({
    name: "links_before",
    text: `select i.id as "streamId", e.version, e.hash, e.position from unnest($1::text[], $2::int[]) i(id, version)
      join lateral (select e.version, e.hash, e.position from events e where e.stream_id = i.id and e.version < i.version
        order by e.version desc limit 1) e on true`,
    values: [[...firsts.keys()], [...firsts.values()]],
  });
  return new Map(found.map((link) => [link.streamId, link]));
}
