-- expand: rebuilds.
CREATE TABLE "rebuild_workers" (
	"projection" text collate "C" NOT NULL,
	"part" smallint NOT NULL,
	"parts" smallint NOT NULL,
	"position" bigint NOT NULL,
	"done" bigint NOT NULL,
	CONSTRAINT "rebuild_workers_projection_part_pk" PRIMARY KEY("projection","part")
);
--> statement-breakpoint
CREATE TABLE "rebuilds" (
	"projection" text collate "C" PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"status" text NOT NULL,
	"revision" integer NOT NULL,
	"workers" smallint NOT NULL,
	"target" bigint NOT NULL,
	"done" bigint NOT NULL,
	"events_per_second" double precision,
	"events_per_second_max" integer,
	"accept" boolean NOT NULL,
	"indexed" boolean NOT NULL,
	"asked_by" text NOT NULL,
	"fault" text,
	"differences" bigint,
	"first_difference" text,
	"started_at" timestamptz(3) NOT NULL,
	"updated_at" timestamptz(3) NOT NULL,
	"finished_at" timestamptz(3),
	"kept_revision" integer,
	"kept_position" bigint,
	"kept_recorded_at" timestamptz(3),
	CONSTRAINT "rebuilds_purpose" CHECK ("rebuilds"."purpose" in ('rebuild', 'roll_back')),
	CONSTRAINT "rebuilds_status" CHECK ("rebuilds"."status" in ('running', 'level', 'comparing', 'differs', 'stopped', 'failed', 'cancelled', 'swapped', 'rolled_back')),
	CONSTRAINT "rebuilds_kept_whole" CHECK (("rebuilds"."kept_revision" is null) = ("rebuilds"."kept_position" is null))
);
--> statement-breakpoint
-- A read model is made anew beside the one that screens read: `shadow.x` is filled, then takes the place of `public.x`, which goes to `kept.x`
-- (decisions/0007-rebuild-beside.md). The application's role may make no tables; these functions do it for it, for the read models alone.
create schema shadow;
--> statement-breakpoint
create schema kept;
--> statement-breakpoint
create function must_be_read_model(name text) returns void language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if name is null or name not in ('account_balances', 'account_entries', 'daily_balances', 'activity') then
    raise exception '% is not made anew beside itself', coalesce(name, 'nothing') using errcode = 'DB005';
  end if;
end $$;
--> statement-breakpoint
-- What a table is, to the last index, without the schema it stands in: two copies must be alike before one takes the other's place, since a
-- migration, or somebody's hand, may have been at one of them.
create function shape_of(in_schema text, name text) returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select concat_ws(E'\n',
    (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attcollation || ' ' || a.attnotnull
            || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), ''), E'\n' order by a.attnum)
       from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    (select string_agg(k.conname || ' ' || pg_get_constraintdef(k.oid), E'\n' order by k.conname)
       from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'),
    (select string_agg(replace(pg_get_indexdef(i.indexrelid), format(' ON %I.%I ', in_schema, name), ' ON '), E'\n' order by i.indexrelid::regclass::text collate "C")
       from pg_index i where i.indrelid = c.oid and i.indisvalid and not exists (select from pg_constraint k where k.conindid = i.indexrelid)))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = in_schema and c.relname = name
$$;
--> statement-breakpoint
create function copy_grants(from_table regclass, to_table regclass) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare g record;
begin
  for g in select a.* from pg_class c, aclexplode(c.relacl) a where c.oid = from_table and a.grantee <> c.relowner loop
    execute format('grant %s on %s to %s%s', g.privilege_type, to_table,
      case when g.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end, case when g.is_grantable then ' with grant option' else '' end);
  end loop;
end $$;
--> statement-breakpoint
-- Makes the indexes that public.x has and shadow.x has not, under the same names. `only_these` null: all of them.
create function index_shadow(name text, only_these text[]) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i record;
begin
  for i in select ic.relname, pg_get_indexdef(x.indexrelid) as def from pg_index x join pg_class ic on ic.oid = x.indexrelid
            where x.indrelid = format('public.%I', name)::regclass and not exists (select from pg_constraint k where k.conindid = x.indexrelid)
              and (only_these is null or ic.relname = any(only_these)) and to_regclass(format('shadow.%I', ic.relname)) is null loop
    execute replace(i.def, format(' ON public.%I ', name), format(' ON shadow.%I ', name));
  end loop;
end $$;
--> statement-breakpoint
-- An empty shadow.x with the columns and constraints of public.x, and of its indexes those that the fold itself needs.
create function prepare_shadow(name text, fold_indexes text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare k record;
begin
  perform public.must_be_read_model(name);
  execute format('drop table if exists shadow.%I', name);
  execute format('create table shadow.%I (like public.%I including all excluding indexes)', name, name);
  -- As constraints of the same names: LIKE would name their indexes its own way, and a later migration would look for them in vain.
  for k in select c.conname, pg_get_constraintdef(c.oid) as def from pg_constraint c
            where c.conrelid = format('public.%I', name)::regclass and c.contype in ('p', 'u', 'x') loop
    execute format('alter table shadow.%I add constraint %I %s', name, k.conname, k.def);
  end loop;
  perform public.index_shadow(name, fold_indexes);
  perform public.copy_grants(format('public.%I', name)::regclass, format('shadow.%I', name)::regclass);
end $$;
--> statement-breakpoint
-- The other indexes, built over rows that stand, which is faster than row by row; and statistics, so that the first plan is a good one.
create function complete_shadow(name text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set maintenance_work_mem = '256MB' as $$
begin
  perform public.must_be_read_model(name);
  perform public.index_shadow(name, null);
  execute format('analyze shadow.%I', name);
end $$;
--> statement-breakpoint
-- The caller sets lock_timeout: whoever reads public.x waits behind this, and it behind whoever reads for long. First the copy that nobody reads.
create function swap_shadow(name text) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform public.must_be_read_model(name);
  if public.shape_of('shadow', name) is distinct from public.shape_of('public', name) then
    raise exception 'shadow.% is not made as public.% is: build it again', name, name using errcode = 'DB005';
  end if;
  execute format('drop table if exists kept.%I', name);
  execute format('lock table shadow.%I in access exclusive mode', name);
  execute format('alter table public.%I set schema kept', name);
  execute format('alter table shadow.%I set schema public', name);
  perform public.copy_grants(format('kept.%I', name)::regclass, format('public.%I', name)::regclass);
end $$;
--> statement-breakpoint
-- The way back: what is kept is brought level and swapped as any shadow is. `back`: put by again.
create function unkeep(name text, back boolean) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform public.must_be_read_model(name);
  if back then
    execute format('alter table shadow.%I set schema kept', name);
  else
    execute format('drop table if exists shadow.%I', name);
    execute format('alter table kept.%I set schema shadow', name);
  end if;
end $$;
--> statement-breakpoint
create function drop_shadow(name text) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform public.must_be_read_model(name);
  execute format('drop table if exists shadow.%I', name);
end $$;
--> statement-breakpoint
-- Before a migration: it alters public.x alone, and must neither trip over a copy nor leave one behind as it was. A rebuild under way starts over.
create function drop_copies() returns void language plpgsql set search_path = public, pg_temp as $$
declare t record;
begin
  delete from rebuild_workers;
  update rebuilds set done = 0, indexed = false, kept_revision = null, kept_position = null, kept_recorded_at = null,
    status = case when purpose = 'roll_back' and status in ('running', 'level', 'comparing') then 'cancelled' else status end;
  delete from parked_accounts where reader like '%:shadow' or reader like '%:kept';
  for t in select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('shadow', 'kept') loop
    execute 'drop table ' || t.name;
  end loop;
end $$;
--> statement-breakpoint
revoke all on function must_be_read_model, shape_of, copy_grants, index_shadow, prepare_shadow, complete_shadow, swap_shadow, unkeep, drop_shadow, drop_copies from public;
