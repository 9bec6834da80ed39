import type { AccountEvent } from "@/domain/account/events";
import { type AccountId, eventName } from "@/domain/ids";
import type { Db } from "../postgres/connect";
import { instant, isInstantSql, UnreadableColumn } from "../rows/stored-column";
import { decodeEvent } from "./codec/account-codec";
import { parseMetadata } from "./codec/metadata";
import { EventFromNewerBuild, MisshapenEvent } from "./codec/unreadable-event";
import type { LogEvent, StoredEvent } from "./stored-event";

export type StoredEventRow = {
  position: bigint;
  streamId: AccountId;
  version: number;
  type: string;
  schemaVersion: number;
  data: unknown;
  metadata: unknown;
  effectiveAt: Date | null;
  recordedAt: Date;
  hash: Buffer;
};

/** Of an outer join: all null where it found no event. */
export type JoinedEventRow = { [column in keyof StoredEventRow]: StoredEventRow[column] | null };

export function isEventRow<R extends JoinedEventRow>(row: R): row is R & StoredEventRow {
  return row.version !== null;
}

/** Select list over `events e` that gives what `storedEvent` reads. */
export const storedEventColumns = `e.position, e.stream_id as "streamId", e.version, e.type, e.schema_version as "schemaVersion", e.data, e.metadata,
  e.effective_at as "effectiveAt", e.recorded_at as "recordedAt", e.hash`;

/** @throws EventFromNewerBuild, MisshapenEvent */
export function storedEvent({ type, data, metadata, ...row }: StoredEventRow): StoredEvent {
  const name = eventName(row.streamId, row.version);
  const event = { ...row, event: decodeEvent(type, row.schemaVersion, data, name), metadata: parseMetadata(metadata, name) };
  if (instant(row.recordedAt) && (row.effectiveAt === null || instant(row.effectiveAt))) return event;
  throw new MisshapenEvent({ type, schemaVersion: row.schemaVersion }, name, { cause: new UnreadableColumn("recorded_at") });
}

/** A row of the book that cannot be read: it was altered, or written by something else. */
export type DamagedEvent = Pick<LogEvent, "position" | "streamId" | "version" | "recordedAt"> & { damage: unknown };

/** Whoever follows the log has to say what becomes of damage: it must not hold up what stands behind it. */
export type ReadEvent = LogEvent | DamagedEvent;

/**
 * The log from after a position on, in order. Gapless, so a reader needs no more than its last position. An event of a newer build ends the
 * page before it, so that a reader comes as far as it can; @throws EventFromNewerBuild where it stands first.
 */
export async function readLog(db: Db, { after, limit }: { after: bigint; limit: number }): Promise<ReadEvent[]> {
  return upToNewerBuild(await followRows(db, "read_log", "where e.position > $1 order by e.position limit $2", [after, limit]));
}

/** Events `begin` + 1 to `end`, all of them. `hash` is the last one's and names the history that they belong to. */
export type WholePage = { end: bigint; hash: Buffer; events: readonly ReadEvent[] };

/** Undefined: the log holds fewer, or an event of a newer build. */
export async function readWholePage(db: Db, { begin, size }: { begin: bigint; size: number }): Promise<WholePage | undefined> {
  const end = begin + BigInt(size);
  const clause = "where e.position > $1 and e.position <= $2 order by e.position";
  const rows = await followRows(db, "read_whole_page", clause, [begin, end], "case when e.position = $2 then e.hash end");
  const hash = rows.at(-1)?.[9]; // in the one statement: of another history it would vouch for what it does not know
  if (!hash || rows.length !== size) return undefined;
  const events = upToNewerBuild(rows);
  return events.length === size ? { end, hash, events } : undefined;
}

/** One stream from a version on, as far as the log had come at a position; damage and newer builds as in `readLog`. */
export async function readStreamUntil(
  db: Db,
  streamId: AccountId,
  { fromVersion, position, limit }: { fromVersion: number; position: bigint; limit: number },
): Promise<ReadEvent[]> {
  const clause = "where e.stream_id = $1 and e.version >= $2 and e.position <= $3 order by e.version limit $4";
  return upToNewerBuild(await followRows(db, "read_stream_until", clause, [streamId, fromVersion, position, limit]));
}

/** A part of all accounts, by a hash of their ids: 0 to `parts` - 1. */
type Part = { part: number; parts: number };

/** What the log holds of a part of the accounts between two positions (the later one included), and how far that reaches. As `readLog`. */
export async function readLogPart(
  db: Db,
  { after, upTo, part, parts }: { after: bigint; upTo: bigint } & Part,
): Promise<{ events: ReadEvent[]; upTo: bigint }> {
  const clause =
    "where e.position > $1 and e.position <= $2 and mod(hashtextextended(e.stream_id, 0) & 9223372036854775807, $3) = $4 order by e.position";
  const rows = await followRows(db, "read_log_part", clause, [after, upTo, parts, part]);
  const events = upToNewerBuild(rows);
  return { events, upTo: events.length === rows.length ? upTo : (events.at(-1)?.position ?? after) };
}

type LogRow = [
  position: bigint,
  streamId: AccountId,
  version: number,
  type: string,
  schemaVersion: number,
  data: unknown,
  metadata: unknown,
  effectiveAtMs: number | null,
  recordedAtMs: number,
  hash: Buffer | null,
];

/** Arrays, no hash, and times as numbers: two thirds of the work of `readRows`, by far most of which is garbage. */
async function followRows(db: Db, name: string, clause: string, values: unknown[], hash = "null::bytea"): Promise<LogRow[]> {
  const text = `select e.position, e.stream_id, e.version, e.type, e.schema_version, e.data, e.metadata,
    (extract(epoch from e.effective_at) * 1000)::float8, (extract(epoch from e.recorded_at) * 1000)::float8, ${hash}
    from events e ${clause}`;
  return (await db.query<LogRow>({ name, text, values, rowMode: "array" })).rows;
}

function upToNewerBuild(rows: readonly LogRow[]): ReadEvent[] {
  const events: ReadEvent[] = [];
  for (const row of rows) {
    try {
      events.push(logEvent(row));
    } catch (damage) {
      const [position, streamId, version, , , , , , recordedAtMs] = row;
      const event = { position, streamId, version, recordedAt: new Date(recordedAtMs), damage };
      if (!(damage instanceof EventFromNewerBuild)) events.push(event);
      else if (events.length > 0) return events;
      else throw damage;
    }
  }
  return events;
}

function logEvent([
  position,
  streamId,
  version,
  type,
  schemaVersion,
  data,
  stored,
  effectiveAtMs,
  recordedAtMs,
]: LogRow): LogEvent {
  const name = eventName(streamId, version);
  const event = decodeEvent(type, schemaVersion, data, name);
  const metadata = parseMetadata(stored, name);
  const effectiveAt = effectiveAtMs === null ? null : new Date(effectiveAtMs);
  return { position, streamId, version, event, metadata, effectiveAt, recordedAt: new Date(recordedAtMs) };
}

/** One stream, versions `fromVersion` to `toVersion` (both included), in order. */
export async function readStream(
  db: Db,
  streamId: AccountId,
  { fromVersion = 1, toVersion = 2 ** 31 - 1, limit }: { fromVersion?: number; toVersion?: number; limit: number },
): Promise<StoredEvent[]> {
  const clause = "where e.stream_id = $1 and e.version between $2 and $3 order by e.version limit $4";
  return (await readRows(db, "read_stream", clause, [streamId, fromVersion, toVersion, limit])).map(storedEvent);
}

/** What a fold reads of an event, whether it came as a row or inside JSON. */
export type FoldRow = readonly [version: number, type: string, schemaVersion: number, data: unknown];

export function eventToFold(streamId: AccountId, [version, type, schemaVersion, data]: FoldRow): AccountEvent {
  return decodeEvent(type, schemaVersion, data, eventName(streamId, version));
}

/**
 * The same for a fold, which looks at nothing but the events: a third of the time of `readStream`. Metadata is not read, so its damage is for
 * `verify` and for those who show it to find. Rows, since a fold goes as far as they can be read.
 */
export async function readStreamToFold(
  db: Db,
  streamId: AccountId,
  { fromVersion, toVersion, limit }: { fromVersion: number; toVersion: number; limit: number },
): Promise<FoldRow[]> {
  const { rows } = await db.query<[...FoldRow]>({
    name: "read_stream_to_fold",
    rowMode: "array",
    text: `select e.version, e.type, e.schema_version, e.data from events e
      where e.stream_id = $1 and e.version between $2 and $3 order by e.version limit $4`,
    values: [streamId, fromVersion, toVersion, limit],
  });
  return rows;
}

async function readRows(db: Db, name: string, clause: string, values: unknown[]): Promise<StoredEventRow[]> {
  return (await db.query<StoredEventRow>({ name, text: `select ${storedEventColumns} from events e ${clause}`, values })).rows;
}

/** Null times: there is none yet, or it cannot be shown. */
export type LogHead = { position: bigint; recordedAt: Date | null; finalBefore: Date | null };

/**
 * The last event, and the log's time: every answer about a moment *strictly before* `finalBefore` is final (null: none yet).
 * Read it in the same snapshot as the answer.
 */
export async function logHead(db: Db): Promise<LogHead> {
  const { rows } = await db.query<LogHead>({
    name: "log_head",
    text: `select coalesce(h.position, 0) as position, case when ${isInstantSql("h.recorded_at")} then h.recorded_at end as "recordedAt",
            case when ${isInstantSql("greatest(h.recorded_at, g.not_before)")} then greatest(h.recorded_at, g.not_before) end as "finalBefore"
       from log_gate g left join lateral (select position, recorded_at from events order by position desc limit 1) h on true`,
  });
  const head = rows[0];
  if (!head) throw new Error("log_gate has no row: this database was never migrated");
  return head;
}
