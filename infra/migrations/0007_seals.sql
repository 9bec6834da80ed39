-- expand: seals.
CREATE TABLE "seal_subtrees" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	CONSTRAINT "seal_subtrees_level_index_pk" PRIMARY KEY("level","index")
);
--> statement-breakpoint
CREATE TABLE "seals" (
	"size" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"sealed_at" timestamptz(3) NOT NULL,
	"key_id" text NOT NULL,
	"previous" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"signature" "bytea" NOT NULL,
	CONSTRAINT "seals_size_positive" CHECK ("seals"."size" > 0),
	CONSTRAINT "seals_lengths" CHECK (octet_length("seals"."root") = 32 and octet_length("seals"."previous") = 32 and octet_length("seals"."hash") = 32
      and octet_length("seals"."signature") = 64)
);
--> statement-breakpoint
CREATE TABLE "book_verifications" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "book_verifications_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"finished_at" timestamptz(3) NOT NULL,
	"took_ms" integer NOT NULL,
	"sound" boolean NOT NULL,
	"fault" text,
	"head" bigint NOT NULL,
	"sealed" bigint NOT NULL
);

--> statement-breakpoint
create trigger seals_append_only before update or delete or truncate on seals for each statement execute function refuse_change();
--> statement-breakpoint
-- One seal after another: each is larger than the last, names it, and covers nothing that the log does not have. What it says is checked by `verify`.
create function append_seal(size bigint, root bytea, sealed_at timestamptz, key_id text, previous bytea, hash bytea, signature bytea)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare last_size bigint; last_hash bytea;
begin
  lock table seals in exclusive mode; -- readers go on
  select s.size, s.hash into last_size, last_hash from seals s order by s.size desc limit 1;
  if append_seal.size <= coalesce(last_size, 0) or append_seal.previous <> coalesce(last_hash, decode(repeat('00', 32), 'hex')) then
    raise exception 'a seal of size % does not follow the last one, of size %', append_seal.size, last_size using errcode = 'DB004';
  end if;
  if not exists (select from events e where e.position = append_seal.size) then
    raise exception 'a seal of size %, and the log has no such event', append_seal.size using errcode = 'DB004';
  end if;
  insert into seals (size, root, sealed_at, key_id, previous, hash, signature)
    values (append_seal.size, append_seal.root, append_seal.sealed_at, append_seal.key_id, append_seal.previous, append_seal.hash, append_seal.signature);
end $$;
--> statement-breakpoint
revoke all on function append_seal from public;
