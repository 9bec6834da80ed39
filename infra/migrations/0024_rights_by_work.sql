-- contract (floor 24): builds of before work as one login, which loses its rights.
-- The application works by several logins, each with the rights of its work (docs/decisions/0024-logins-by-work.md). Who may do what is granted at
-- every start, from infra/postgres/roles/rights.ts. Here: what nobody may change, the owner included.
CREATE TABLE "secret_marks" (
	"name" text PRIMARY KEY NOT NULL,
	"mark" text NOT NULL,
	"since" timestamptz(3) NOT NULL
);
--> statement-breakpoint
create trigger security_log_append_only before update or delete or truncate on security_log for each statement execute function refuse_change();
--> statement-breakpoint
create trigger account_keys_are_kept before delete or truncate on account_keys for each statement execute function refuse_change();
--> statement-breakpoint
create function refuse_key_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('daybook.erases', true) = 'account_keys' and new.wrapped is null and new.destroyed_at is not null
     and to_jsonb(old) - '{wrapped,destroyed_at}'::text[] = to_jsonb(new) - '{wrapped,destroyed_at}'::text[] then return new; end if;
  raise exception 'the data key of an account is never changed: erase_account_key destroys it' using errcode = 'DB001';
end $$;
--> statement-breakpoint
create trigger account_keys_are_unchanged before update on account_keys for each row execute function refuse_key_change();
--> statement-breakpoint
-- The one way in which a key goes. Nobody but the owner may call it: the terminal's erase does.
create function erase_account_key(stream text) returns setof text language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('daybook.erases', 'account_keys', true);
  return query update account_keys set wrapped = null, destroyed_at = date_trunc('milliseconds', clock_timestamp())
    where stream_id = stream and wrapped is not null returning key_id;
  perform set_config('daybook.erases', '', true);
end $$;
--> statement-breakpoint
revoke all on function refuse_key_change, erase_account_key from public;
--> statement-breakpoint
revoke all on function refuse_change, refuse_book_change, keep_schema_rising, refuse_finding_change, event_digest, new_customer_number from public;
--> statement-breakpoint
select raise_schema_floor(24, 24);
