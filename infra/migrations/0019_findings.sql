-- expand: what was found wrong in the book, and what operators said to it. An older build neither asks nor adds.
CREATE TABLE "findings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "findings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"found_at" timestamptz(3) NOT NULL,
	"seen_at" timestamptz(3) NOT NULL,
	"found_by" text NOT NULL,
	"place" text NOT NULL,
	"what" text NOT NULL,
	"stream_id" text collate "C",
	"version" integer,
	"position" bigint,
	"digest" "bytea",
	"accepted_at" timestamptz(3),
	"accepted_reason" text,
	"closed_at" timestamptz(3),
	"closed_reason" text,
	CONSTRAINT "findings_stream" CHECK (("findings"."stream_id" is null) = ("findings"."version" is null)),
	CONSTRAINT "findings_found_by" CHECK ("findings"."found_by" in ('sealer', 'verifier', 'verify'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "findings_open" ON "findings" USING btree ("place",coalesce("digest", '')) WHERE "findings"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "findings_under_review" ON "findings" USING btree ("stream_id") WHERE "findings"."closed_at" is null and "findings"."stream_id" is not null;
--> statement-breakpoint
-- What an event's row says, all of it: an acceptance holds for these very bytes.
create function event_digest(e events) returns bytea language sql immutable as $$
  select sha256(convert_to(jsonb_build_array(e.position::text, e.stream_id, e.version::text, e.type, e.schema_version::text, e.data, e.metadata,
    extract(epoch from e.effective_at)::text, extract(epoch from e.recorded_at)::text, encode(e.hash, 'hex'))::text, 'UTF8')) $$;
--> statement-breakpoint
-- True: nobody had found it before. Found again, it is noted as seen. The account is closed from the commit on.
create function record_finding(finder text, at_place text, wrong text, stream text, from_version integer, at_position bigint)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_digest bytea := (select event_digest(e) from events e where e.position = at_position and e.stream_id = stream);
  clock timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  update findings f set seen_at = clock
   where f.place = at_place and coalesce(f.digest, '') = coalesce(found_digest, '') and f.closed_at is null;
  if found then return false; end if;
  insert into findings (found_at, seen_at, found_by, place, what, stream_id, version, position, digest)
    values (clock, clock, finder, at_place, wrong, stream, from_version, at_position, found_digest) on conflict do nothing;
  return found;
end $$;
--> statement-breakpoint
-- Findings that name neither account nor position (a read model, a snapshot, a seal) end by themselves, once a whole pass has not
-- met them again.
create function close_findings_unseen(since timestamptz, finder text) returns void language sql security definer set search_path = public, pg_temp as $$
  update findings f set closed_at = date_trunc('milliseconds', clock_timestamp()), closed_reason = 'not found again'
   where f.closed_at is null and f.stream_id is null and f.position is null and f.seen_at < since and f.found_by = finder $$;
--> statement-breakpoint
create function refuse_finding_change() returns trigger language plpgsql as $$
declare kept text[] := array['seen_at', 'closed_at', 'closed_reason', 'accepted_at', 'accepted_reason'];
begin
  if to_jsonb(old) - kept = to_jsonb(new) - kept and old.closed_at is null
     and (old.accepted_at is null or old.accepted_at = new.accepted_at and old.accepted_reason = new.accepted_reason) then return new; end if;
  raise exception 'a finding is kept as it was recorded' using errcode = 'DB001';
end $$;
--> statement-breakpoint
create trigger findings_are_kept before delete or truncate on findings for each statement execute function refuse_change();
--> statement-breakpoint
create trigger findings_are_unchanged before update on findings for each row execute function refuse_finding_change();
--> statement-breakpoint
revoke all on function record_finding, close_findings_unseen from public;
