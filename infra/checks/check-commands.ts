import type { AccountId } from "@/domain/ids";
import type { Db } from "../postgres/connect";
import { isoText } from "../postgres/iso-text";
import { buildSchema } from "../schema/build-schema";
import { eventPlace, Fault, NewerThanBuild } from "./fault";

const faultsMax = 100;

type Cause = {
  streamId: AccountId;
  version: number;
  position: bigint;
  command: string | null;
  newer: string | null;
  what: string;
};

/**
 * Holds the events of these positions, both included, against the commands that caused them; in order, at most 100 faults.
 * On a book that a later build has worked on, a command of a type that nobody here knows is no fault, but newer than this
 * build; on any other book it is one. Times as text: what an event says of its time may be no time at all.
 */
export async function faultyCauses(db: Db, first: bigint, last: bigint): Promise<Fault[]> {
  const { rows } = await db.query<Cause>({ name: "faulty_causes", text: causesSql, values: [first, last, buildSchema.number] });
  return rows.map(({ command, newer, what, ...event }) =>
    newer === null || what !== newerWords
      ? new Fault(eventPlace(event), `its command ${command} ${what}`, event)
      : new NewerThanBuild(eventPlace(event), `its command ${command} is ${newer}, which only a newer Daybook knows`, event),
  );
}

const typeOfEvent =
  "case c.type when 'OpenAccount' then 'AccountOpened' when 'DepositMoney' then 'MoneyDeposited' when 'WithdrawMoney' then 'MoneyWithdrawn' when 'CloseAccount' then 'AccountClosed' end";

const newerWords = "is newer than this build";
const isNewer = `c.id is not null and ${typeOfEvent} is null and exists (select from book_schema where newest > $3)`;

const causesSql = `select f.* from (
  select e.stream_id as "streamId", e.version, e.position, e.metadata ->> 'commandId' as command,
    case when ${isNewer} then c.type end as newer,
    case when c.id is null then 'is in no row of commands'
         when c.outcome ->> 'ok' is distinct from 'yes' then 'was refused, says its row'
         when (c.outcome -> 'events' ? (e.stream_id || '@' || e.version)) is not true then 'caused other events, says its row'
         when c.position < e.position then 'was decided before this position, says its row'
         when c.position > e.position and c.outcome -> 'events' ->> -1 = e.stream_id || '@' || e.version
           then 'ended at position ' || c.position || ', says its row'
         when c.recorded_at <> e.recorded_at and not e.metadata ? 'imported' then 'was recorded at another time, says its row'
         when ${isoText("c.decided_at")} is distinct from e.metadata ->> 'decidedAt' then 'was decided at another time, says its row'
         when ${isNewer} then '${newerWords}'
         when (e.stream_id = any(c.account_ids)) is not true or c.input ->> 'accountId' is distinct from e.stream_id
           then 'was for another account, says its row'
         when e.type is distinct from ${typeOfEvent} then 'asked for something else, says its row'
         when c.input -> 'amount' is distinct from e.data -> 'amount' then 'was about another amount, says its row'
         when c.input -> 'description' is distinct from e.data -> 'description' then 'had another text, says its row' end as what
    from events e left join commands c on c.actor = e.metadata ->> 'actor' and c.id = e.metadata ->> 'commandId'
   where e.position between $1 and $2) f
 where f.what is not null order by f.position limit ${faultsMax}`;

type Claim = { id: string; actor: string; position: bigint; what: string };

/**
 * Holds the commands decided at these positions, both included, against the log, in one snapshot with it: a done one ended
 * with the event at its position and names as many events as it caused; in order, at most 100 faults.
 */
export async function faultyCommands(db: Db, first: bigint, last: bigint): Promise<PlacedFault[]> {
  const { rows } = await db.query<Claim>({ name: "faulty_commands", text: commandsSql, values: [first, last] });
  return rows.map(placedFault);
}

/** Commands that stand at a position before the book's first event or after its last; in one snapshot. */
export async function commandsOutside(db: Db): Promise<PlacedFault[]> {
  const { rows } = await db.query<Claim>(
    `select c.id, c.actor, c.position, 'stands at position ' || c.position || ', which the log does not have' as what
       from commands c where c.position < 0 or c.position > coalesce((select max(e.position) from events e), 0)
      order by c.position, c.id limit ${faultsMax}`,
  );
  return rows.map(placedFault);
}

/** A fault that is no event's, with its position: of a command, where it says that it was decided. */
export class PlacedFault extends Fault {
  readonly position: bigint;
  constructor(where: string, what: string, position: bigint) {
    super(where, what);
    this.position = position;
  }
}

function placedFault({ id, actor, position, what }: Claim): PlacedFault {
  return new PlacedFault(`command ${id} of ${actor}`, what, position);
}

const commandsSql = `select f.* from (
  select c.id, c.actor, c.position, case
      when c.outcome ->> 'ok' is null or c.outcome ->> 'ok' not in ('yes', 'no') then 'has no outcome'
      when c.recorded_at < e.recorded_at then 'was recorded before the event at its position'
      when c.outcome ->> 'ok' = 'yes' and (e.metadata ->> 'commandId' = c.id and e.metadata ->> 'actor' = c.actor) is not true
        then 'stands at the position of another command''s event'
      when c.outcome ->> 'ok' = 'yes' and jsonb_typeof(c.outcome -> 'events') is distinct from 'array' then 'names no events'
      when c.outcome ->> 'ok' = 'yes' and jsonb_array_length(c.outcome -> 'events') <> (select count(*) from events o
          where o.position > c.position - jsonb_array_length(c.outcome -> 'events') and o.position <= c.position
            and o.metadata ->> 'commandId' = c.id and o.metadata ->> 'actor' = c.actor)
        then 'names ' || jsonb_array_length(c.outcome -> 'events') || ' events that it did not cause' end as what
    from commands c left join events e on e.position = c.position where c.position between $1 and $2) f
 where f.what is not null order by f.position, f.id limit ${faultsMax}`;

/** The gate keeps the moment up to which the past is closed: one row, and not in the future. */
export async function checkGate(db: Db): Promise<void> {
  const { rows } = await db.query<{ notBefore: string; ahead: boolean }>(
    `select not_before::text as "notBefore", not_before > clock_timestamp() + interval '60 s' as ahead from log_gate`,
  );
  if (rows.length !== 1) throw new Fault("log_gate", `has ${rows.length} rows, and should have one`);
  if (rows[0]?.ahead) throw new Fault("log_gate", `closes the past up to ${rows[0].notBefore}, which is in the future`);
}
