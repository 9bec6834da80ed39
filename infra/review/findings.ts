import { type AccountId, parseAccountId } from "@/domain/ids";
import { PlacedFault } from "../checks/check-commands";
import { eventPlace, type Fault } from "../checks/fault";
import type { Db } from "../postgres/connect";
import { fromOne, instant, stored, storedOrNull } from "../rows/stored-column";
import { type ReadRow, type RowReader, readRows } from "../rows/unreadable-row";

export type Finder = "sealer" | "verifier" | "verify";

/** Something found wrong in the book. `streamId`: the account that it closes, from `version` on. */
export type Finding = {
  id: bigint;
  foundAt: Date;
  seenAt: Date;
  foundBy: Finder;
  place: string;
  what: string;
  streamId: AccountId | null;
  version: number | null;
  position: bigint | null;
  acceptedAt: Date | null;
  acceptedReason: string | null;
  closedAt: Date | null;
  closedReason: string | null;
};

const columns = `f.id, f.found_at as "foundAt", f.seen_at as "seenAt", f.found_by as "foundBy", f.place, f.what, f.stream_id as "streamId", f.version,
  f.position, f.accepted_at as "acceptedAt", f.accepted_reason as "acceptedReason", f.closed_at as "closedAt", f.closed_reason as "closedReason"`;

const findingsMax = 200;

/** Notes what was found; true: for the first time. From its commit on the account of a faulty event takes no commands. */
export async function recordFinding(db: Db, foundBy: Finder, fault: Fault): Promise<boolean> {
  const { where, what, event } = fault;
  const position = event?.position ?? (fault instanceof PlacedFault ? fault.position : null);
  const { rows } = await db.query<{ isNew: boolean }>(`select record_finding($1, $2, $3, $4, $5, $6) as "isNew"`, [
    foundBy,
    where,
    what,
    event?.streamId,
    event?.version,
    position,
  ]);
  return rows[0]?.isNew === true;
}

/** Those that nobody has dealt with yet and those that keep an account closed, the oldest first. */
export async function openFindings(db: Db): Promise<ReadRow<Finding>[]> {
  const { rows } = await db.query<Finding>(
    `select ${columns} from findings f where f.closed_at is null order by f.id limit ${findingsMax}`,
  );
  return readRows(findingRows, rows);
}

const findingRows: RowReader<Finding, Finding> = {
  table: "findings",
  id: ({ id }) => id.toString(),
  read: (row) => ({
    ...row,
    foundAt: stored("found_at", instant(row.foundAt)),
    seenAt: stored("seen_at", instant(row.seenAt)),
    streamId: storedOrNull("stream_id", row.streamId, parseAccountId),
    version: storedOrNull("version", row.version, fromOne),
    acceptedAt: storedOrNull("accepted_at", row.acceptedAt, instant),
  }),
};

export async function openFindingsOf(db: Db, streamId: AccountId): Promise<Finding[]> {
  const { rows } = await db.query<Finding>(
    `select ${columns} from findings f where f.closed_at is null and f.stream_id = $1 order by f.version`,
    [streamId],
  );
  return rows;
}

export async function findingById(db: Db, id: bigint): Promise<Finding | undefined> {
  return (await db.query<Finding>(`select ${columns} from findings f where f.id = $1`, [id])).rows[0];
}

/** Positions after one and up to another that stand open and unaccepted, in order: what may keep the sealer from going on. */
export async function unacceptedPositions(db: Db, after: bigint, upTo: bigint): Promise<bigint[]> {
  const { rows } = await db.query<{ position: bigint }>(
    `select distinct f.position from findings f where f.closed_at is null and f.accepted_at is null
      and f.position > $1 and f.position <= $2 order by f.position limit ${findingsMax}`,
    [after, upTo],
  );
  return rows.map(({ position }) => position);
}

/** What operators have accepted: places, and of events only while their rows say what they said then. */
export type Accepted = ReadonlySet<string>;

export async function acceptedPlaces(db: Db): Promise<Accepted> {
  const { rows } = await db.query<{ place: string }>(
    `select f.place from findings f left join events e on e.position = f.position and f.digest is not null
      where f.accepted_at is not null and (f.digest is null or f.digest = event_digest(e))`,
  );
  return new Set(rows.map(({ place }) => place));
}

/** Whether an event was accepted as it stands. */
export function isAcceptedEvent(accepted: Accepted, event: Parameters<typeof eventPlace>[0]): boolean {
  return accepted.size > 0 && accepted.has(eventPlace(event));
}
