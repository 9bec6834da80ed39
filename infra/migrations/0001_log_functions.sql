-- expand: the functions that alone may write the log.
-- The log's rules, kept by the database itself (DESIGN §3, decisions/0001-one-gate.md).

insert into log_gate default values;
--> statement-breakpoint
create sequence account_numbers as bigint minvalue 1 maxvalue 9999999999;
--> statement-breakpoint
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: the book is append-only; correct a mistake by a further event', tg_op, tg_table_name using errcode = 'DB001';
end $$;
--> statement-breakpoint
create trigger events_append_only before update or delete or truncate on events for each statement execute function refuse_change();
--> statement-breakpoint
create trigger commands_append_only before update or delete or truncate on commands for each statement execute function refuse_change();
--> statement-breakpoint
create trigger book_is_kept before delete or truncate on book for each statement execute function refuse_change();
--> statement-breakpoint
create function refuse_book_change() returns trigger language plpgsql as $$
begin
  if old.seeding_finished_at is null and new.seeding_finished_at is not null
     and to_jsonb(old) - 'seeding_finished_at' = to_jsonb(new) - 'seeding_finished_at' then return new; end if;
  raise exception 'the book''s own row is never changed' using errcode = 'DB001';
end $$;
--> statement-breakpoint
create trigger book_is_unchanged before update on book for each row execute function refuse_book_change();
--> statement-breakpoint
-- One batch of commands, one round trip, one transaction.
--   ev  events    [{ s stream, v version, t type, sv schema version, d data, m metadata, e effective at | null, h hash hex }]
--   rd  reads     [{ s stream, v version seen, 0 = none }], every stream that a decision read or wrote
--   cm  commands  [{ actor, id, t, a account ids, i input, fp, o outcome, vs versions, cx context, da decided at, p events of this batch up to it }]
--   ky  new keys  [{ id, s stream, w wrapped hex }]
--   stamps        import only: recorded_at per event; null = now
-- `stale` or `known` not null: nothing was written. A plain statement has one snapshot, taken before it waits for the gate, and
-- saw nothing that was committed meanwhile (53–112 wrong refusals in 12,000 commands); here each query takes a new one.
create function write_batch(ev json, rd json, cm json, ky json, app_clock timestamptz, stamps timestamptz[],
  out base bigint, out at timestamptz, out clock timestamptz, out stale json, out known json)
language plpgsql as $$
declare n int := json_array_length(ev); wrote int; floor_at timestamptz; last_at timestamptz; first_at timestamptz;
begin
  select g.not_before into strict floor_at from log_gate g for update;
  clock := date_trunc('milliseconds', clock_timestamp()); -- after the lock, in a statement of its own
  select e.position, e.recorded_at into base, last_at from events e order by e.position desc limit 1;
  base := coalesce(base, 0);

  select json_agg(json_build_object('actor', k.actor, 'id', k.id)) into known from json_to_recordset(cm) k(actor text, id text)
   where (select true from commands c where c.actor = k.actor and c.id = k.id);
  select json_agg(json_build_object('s', r.s, 'v', r.now)) into stale from (select x.s, x.v, coalesce((select e.version
    from events e where e.stream_id = x.s order by e.version desc limit 1), 0) as now from json_to_recordset(rd) x(s text, v int)) r where r.now <> r.v;
  if known is not null or stale is not null then return; end if;

  if stamps is null then
    at := greatest(clock, last_at, floor_at);
    if at > app_clock + interval '60 s' then -- a forward jump would be permanent
      raise exception 'the log would be stamped %, more than 60 s ahead of the application''s clock %', at, app_clock using errcode = 'DB002';
    end if;
  else
    if cardinality(stamps) <> n then raise exception 'one stamp an event' using errcode = 'DB003'; end if;
    first_at := stamps[1]; at := coalesce(stamps[n], last_at, clock);
    if at > clock or first_at < last_at or first_at < floor_at
       or exists (select from unnest(stamps) with ordinality s(t, i) join unnest(stamps) with ordinality r(t, i) on r.i = s.i + 1 where r.t < s.t) then
      raise exception 'imported events must be in order, after the log''s last, and not in the future' using errcode = 'DB003';
    end if;
  end if;

  insert into account_keys (key_id, stream_id, wrapped, created_at)
    select k.id, k.s, decode(k.w, 'hex'), at from json_to_recordset(ky) k(id text, s text, w text);
  insert into commands (actor, id, type, account_ids, input, fingerprint, outcome, position, versions, context, decided_at, recorded_at)
    select k.actor, k.id, k.t, k.a, k.i, k.fp, k.o, base + k.p, k.vs, k.cx, k.da, case when stamps is null then at else greatest(k.da, last_at) end
    from json_to_recordset(cm) k(actor text, id text, t text, a text[], i jsonb, fp jsonb, o jsonb, p int, vs jsonb, cx jsonb, da timestamptz);
  insert into events (position, stream_id, version, type, schema_version, data, metadata, effective_at, recorded_at, hash)
    select base + x.n, x.s, x.v, x.t, x.sv, x.d, x.m, x.e, coalesce(stamps[x.n], at), decode(x.h, 'hex')
    from rows from (json_to_recordset(ev) as (s text, v int, t text, sv smallint, d jsonb, m jsonb, e timestamptz, h text)) with ordinality x(s, v, t, sv, d, m, e, h, n);
  get diagnostics wrote = row_count;
  if wrote <> n then raise exception 'wrote % of % events', wrote, n; end if;
  if n > 0 then perform pg_notify('log', (base + n)::text); end if;
end $$;
--> statement-breakpoint
-- enable_seqscan = off: a plan cached on the empty book cost 368 ms a batch of 500 instead of 10.
create function append_events(ev json, rd json, cm json, ky json, app_clock timestamptz,
  out base bigint, out at timestamptz, out clock timestamptz, out stale json, out known json)
language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
begin
  select w.base, w.at, w.clock, w.stale, w.known into base, at, clock, stale, known from write_batch(ev, rd, cm, ky, app_clock, null) w;
end $$;
--> statement-breakpoint
-- Past events of a demo book or a migration: possible only until the book says that seeding is finished.
create function import_events(ev json, rd json, cm json, ky json, stamps timestamptz[],
  out base bigint, out at timestamptz, out clock timestamptz, out stale json, out known json)
language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
begin
  if (select b.seeding_finished_at from book b) is not null or not exists (select from book) then
    raise exception 'this book takes no imports: seeding is finished' using errcode = 'DB003';
  end if;
  if json_array_length(ev) > 1000 then raise exception 'at most 1,000 events a call' using errcode = 'DB003'; end if;
  if exists (select from json_to_recordset(ev) x(m jsonb) where x.m ->> 'imported' is distinct from 'yes') then
    raise exception 'an imported event says so in its metadata' using errcode = 'DB003';
  end if;
  select w.base, w.at, w.clock, w.stale, w.known into base, at, clock, stale, known from write_batch(ev, rd, cm, ky, null, stamps) w;
end $$;
--> statement-breakpoint
create function finish_seeding() returns void language sql security definer set search_path = public, pg_temp as $$
  update book set seeding_finished_at = date_trunc('milliseconds', clock_timestamp()) where seeding_finished_at is null $$;
--> statement-breakpoint
create function hold_gate() returns void language sql security definer set search_path = public, pg_temp as $$ select from log_gate for update $$;
--> statement-breakpoint
-- After it, every answer as of t is final. Until seeding is finished it does nothing: the past is still being written.
create function close_past(t timestamptz) returns timestamptz language sql security definer set search_path = public, pg_temp as $$
  update log_gate set not_before = case when (select seeding_finished_at from book) is null then not_before
    else greatest(not_before, date_trunc('milliseconds', least(t, clock_timestamp())) + interval '1 ms') end returning not_before $$;
--> statement-breakpoint
revoke all on function write_batch, append_events, import_events, finish_seeding, hold_gate, close_past from public;
