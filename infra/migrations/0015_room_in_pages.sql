-- expand: how two tables are stored.
-- Rows that every step writes again: with half of each page free they stay in their page, and none of their indexes is written (docs/decisions/0009-catch-up.md).
-- Of pages that stand already only the new rows find room.
alter table account_balances set (fillfactor = 50);--> statement-breakpoint
alter table daily_balances set (fillfactor = 50);--> statement-breakpoint
-- As in 0011, and what LIKE leaves behind: how a table is stored.
create or replace function prepare_shadow(name text, fold_indexes text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare k record; options text;
begin
  perform public.must_be_read_model(name);
  execute format('drop table if exists shadow.%I', name);
  execute format('create table shadow.%I (like public.%I including all excluding indexes)', name, name);
  select array_to_string(c.reloptions, ', ') into options from pg_class c where c.oid = format('public.%I', name)::regclass;
  if options <> '' then execute format('alter table shadow.%I set (%s)', name, options); end if;
  -- As constraints of the same names: LIKE would name their indexes its own way, and a later migration would look for them in vain.
  for k in select c.conname, pg_get_constraintdef(c.oid) as def from pg_constraint c
            where c.conrelid = format('public.%I', name)::regclass and c.contype in ('p', 'u', 'x') loop
    execute format('alter table shadow.%I add constraint %I %s', name, k.conname, k.def);
  end loop;
  perform public.index_shadow(name, fold_indexes);
  perform public.copy_grants(format('public.%I', name)::regclass, format('shadow.%I', name)::regclass);
end $$;
