import type { Db } from "@/infra/postgres/connect";
import { isoText } from "@/infra/postgres/iso-text";
import { Fault } from "./fault";

/**
 * Holds the events of these positions, both included, against the commands that caused them. Times as text: what an event says of its time may be
 * no time at all.
 */
export async function checkCauses(db: Db, first: bigint, last: bigint): Promise<void> {
  const { rows } = await db.query<{ name: string; position: bigint; command: string; what: string }>(
    `select f.* from (
       select e.stream_id || '@' || e.version as name, e.position, e.metadata ->> 'commandId' as command,
         case when c.id is null then 'is in no row of commands'
              when c.outcome ->> 'ok' <> 'yes' then 'was refused, says its row'
              when not c.outcome -> 'events' ? (e.stream_id || '@' || e.version) then 'caused other events, says its row'
              when c.position < e.position then 'was decided before this position, says its row'
              when c.position > e.position and c.outcome -> 'events' ->> -1 = e.stream_id || '@' || e.version
                then 'ended at position ' || c.position || ', says its row'
              when c.recorded_at <> e.recorded_at and not e.metadata ? 'imported' then 'was recorded at another time, says its row'
              when ${isoText("c.decided_at")} <> e.metadata ->> 'decidedAt' then 'was decided at another time, says its row'
              when not e.stream_id = any(c.account_ids) or c.input ->> 'accountId' is distinct from e.stream_id
                then 'was for another account, says its row'
              when e.type is distinct from ${typeOfEvent} then 'asked for something else, says its row'
              when c.input -> 'amount' is distinct from e.data -> 'amount' then 'was about another amount, says its row'
              when c.input -> 'description' is distinct from e.data -> 'description' then 'had another text, says its row' end as what
         from events e left join commands c on c.actor = e.metadata ->> 'actor' and c.id = e.metadata ->> 'commandId'
        where e.position between $1 and $2) f
      where f.what is not null order by f.position limit 1`,
    [first, last],
  );
  const [fault] = rows;
  if (fault) throw new Fault(`event ${fault.name} at position ${fault.position}`, `its command ${fault.command} ${fault.what}`);
}

const typeOfEvent =
  "case c.type when 'OpenAccount' then 'AccountOpened' when 'DepositMoney' then 'MoneyDeposited' when 'WithdrawMoney' then 'MoneyWithdrawn' when 'CloseAccount' then 'AccountClosed' end";

/** Holds every command against a log that was checked up to `head`; in one snapshot with it. Returns how many they are. */
export async function checkCommands(db: Db, head: bigint): Promise<bigint> {
  const { rows } = await db.query<{ id: string; actor: string; what: string }>(
    `select f.* from (
       select c.id, c.actor, c.position, case
           when c.position < 0 or c.position > $1 then 'stands at position ' || c.position || ', which the log does not have'
           when c.outcome ->> 'ok' not in ('yes', 'no') then 'has no outcome'
           when c.recorded_at < e.recorded_at then 'was recorded before the event at its position'
           when c.outcome ->> 'ok' = 'yes' and (e.metadata ->> 'commandId' <> c.id or e.metadata ->> 'actor' <> c.actor)
             then 'stands at the position of another command''s event' end as what
         from commands c left join events e on e.position = c.position) f
      where f.what is not null order by f.position, f.id limit 1`,
    [head],
  );
  const [fault] = rows;
  if (fault) throw new Fault(`command ${fault.id} of ${fault.actor}`, fault.what);

  // Every event stands in its command's row (checkCauses): one name more, and some command claims an event that is not there.
  const claimed = await db.query<{ count: bigint; commands: bigint }>(
    `select coalesce(sum(jsonb_array_length(outcome -> 'events')) filter (where outcome ->> 'ok' = 'yes'), 0)::bigint as count, count(*) as commands
       from commands`,
  );
  const count = claimed.rows[0]?.count ?? 0n;
  if (count !== head) throw new Fault("commands", `their rows name ${count} events, and the log has ${head}`);
  return claimed.rows[0]?.commands ?? 0n;
}

/** The gate keeps the moment up to which the past is closed: one row, and not in the future. */
export async function checkGate(db: Db): Promise<void> {
  const { rows } = await db.query<{ notBefore: string; ahead: boolean }>(
    `select not_before::text as "notBefore", not_before > clock_timestamp() + interval '60 s' as ahead from log_gate`,
  );
  if (rows.length !== 1) throw new Fault("log_gate", `has ${rows.length} rows, and should have one`);
  if (rows[0]?.ahead) throw new Fault("log_gate", `closes the past up to ${rows[0].notBefore}, which is in the future`);
}
