import type pg from "pg";
import type { Actor } from "@/domain/access/policy";
import { evolve, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { unreachable } from "@/domain/unreachable";
import { eventToFold, type FoldRow, isEventRow, type JoinedEventRow, storedEvent } from "../event-log/read";
import type { StoredEvent } from "../event-log/stored-event";
import type { Db } from "../postgres/connect";
import { textByName } from "../postgres/text-by-name";
import { transaction } from "../postgres/transaction";
import { believed, type SnapshotRow } from "../snapshots/read-snapshot";
import type { AsOfQuestion, Pin } from "./account-as-of";
import { scopeOfOpening } from "./account-scope-sql";
import { asOfSql, type Finding } from "./as-of-sql";
import type { EntriesThen } from "./entries-balance";
import { type StateAt, stateAt } from "./state-at";

/** What the database says to a question, all of one snapshot of it. */
export type AsOfFacts = {
  /** Of the event at its version; version 0: before the first event, or there is no such event. */
  state: StateAt;
  stood: StoredEvent | null;
  previous: Pin | null;
  next: Pin | null;
  /** The place asked for, or the log's end; null: the log has no event there. */
  pin: Pin | null;
  finalBefore: Date | null;
  entries: EntriesThen;
};

export type Asked = { actor: Actor; accountId: AccountId; at: AsOfQuestion };

type Found = Omit<AsOfFacts, "state"> & { isLast: boolean; snapshot: SnapshotRow | null; tail: readonly FoldRow[] };

/**
 * In one round trip, unless a read model or a snapshot is missing, behind or not to be believed. Undefined: not there, or not for this viewer.
 */
export async function readAsOf(pool: pg.Pool, asked: Asked): Promise<AsOfFacts | undefined> {
  const hinted = await find(pool, asked, "entries");
  const found = hinted?.isLast === false ? await find(pool, asked, "search") : hinted;
  const state = found && foldOf(asked.accountId, found);
  return found && state ? { ...found, state } : found && readInPages(pool, asked);
}

function readInPages(pool: pg.Pool, asked: Asked): Promise<AsOfFacts | undefined> {
  return transaction(
    pool,
    async (db) => {
      const found = await find(db, asked, "search");
      return found && { ...found, state: await stateAt(db, asked.accountId, found.stood?.version ?? 0) };
    },
    "repeatable read read only",
  );
}

/** Undefined: the snapshot is not to be believed, or more lies behind it than came along. */
function foldOf(accountId: AccountId, { stood, snapshot, tail }: Found): StateAt | undefined {
  const version = stood?.version ?? 0;
  const start = snapshot ? believed(accountId, snapshot) : unopened;
  if (!start || (snapshot?.version ?? 0) + tail.length !== version) return undefined;
  const account = tail.reduce((before, event) => evolve(before, eventToFold(accountId, event)), start);
  return { account, version, snapshotVersion: snapshot?.version ?? null, eventsFolded: tail.length };
}

type PinInJson = readonly [position: string, hash: string];
type Row = JoinedEventRow & {
  pin: PinInJson | null;
  previous: PinInJson | null;
  next: PinInJson | null;
  finalBefore: Date | null;
  isLast: boolean;
  entries: EntriesThen;
  snapshot: SnapshotRow | null;
  tail: FoldRow[] | null;
};

async function find(db: Db, { actor, accountId, at }: Asked, finding: Finding): Promise<Found | undefined> {
  const asked = valuesOf(at);
  const scope = scopeOfOpening(actor, 2 + asked.length);
  const name = `as_of_${at.kind}_${finding}_${scope.kind}`;
  const text = textByName(name, () => asOfSql(at.kind, finding, scope.condition));
  const { rows } = await db.query<Row>({ name, text, values: [accountId, ...asked, ...scope.values] });
  if (!rows[0]) return undefined;
  const { pin, previous, next, finalBefore, isLast, entries, snapshot, tail, ...event } = rows[0];
  return {
    pin: pinIn(pin),
    previous: pinIn(previous),
    next: pinIn(next),
    stood: isEventRow(event) ? storedEvent(event) : null,
    finalBefore,
    isLast,
    entries,
    snapshot,
    tail: tail ?? [],
  };
}

function valuesOf(at: AsOfQuestion): unknown[] {
  switch (at.kind) {
    case "time":
      return [at.t];
    case "position":
      return [at.position.toString(), at.t ?? null];
    case "event":
      return [at.version];
    default:
      return unreachable(at);
  }
}

function pinIn(found: PinInJson | null): Pin | null {
  return found && { position: BigInt(found[0]), hash: found[1] };
}
