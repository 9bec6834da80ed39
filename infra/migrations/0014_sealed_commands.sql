-- contract (floor 14): `append_seal` takes other arguments under the same name.
-- Seals say of the commands how many were decided up to their last event, and the hash of them all (decisions/0011-commands-are-sealed.md).

ALTER TABLE "seals" ADD COLUMN "commands" bigint;
--> statement-breakpoint
ALTER TABLE "seals" ADD COLUMN "commands_hash" "bytea";
--> statement-breakpoint
CREATE INDEX "commands_position" ON "commands" USING btree ("position");
--> statement-breakpoint
ALTER TABLE "seals" ADD CONSTRAINT "seals_commands" CHECK (("seals"."commands" is null) = ("seals"."commands_hash" is null) and octet_length("seals"."commands_hash") = 32);
--> statement-breakpoint
drop function append_seal;
--> statement-breakpoint
-- As in 0007, with what it says of the commands: never less than the seal before.
create function append_seal(size bigint, root bytea, sealed_at timestamptz, key_id text, previous bytea, hash bytea, signature bytea, commands bigint, commands_hash bytea)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare last_size bigint; last_hash bytea; last_commands bigint;
begin
  lock table seals in exclusive mode; -- readers go on
  select s.size, s.hash, s.commands into last_size, last_hash, last_commands from seals s order by s.size desc limit 1;
  if append_seal.size <= coalesce(last_size, 0) or append_seal.previous <> coalesce(last_hash, decode(repeat('00', 32), 'hex')) then
    raise exception 'a seal of size % does not follow the last one, of size %', append_seal.size, last_size using errcode = 'DB004';
  end if;
  if append_seal.commands is null or append_seal.commands_hash is null or append_seal.commands < coalesce(last_commands, 0) then
    raise exception 'a seal over % commands does not follow the last one, over %', append_seal.commands, last_commands using errcode = 'DB004';
  end if;
  if not exists (select from events e where e.position = append_seal.size) then
    raise exception 'a seal of size %, and the log has no such event', append_seal.size using errcode = 'DB004';
  end if;
  insert into seals (size, root, sealed_at, key_id, previous, hash, signature, commands, commands_hash)
    values (append_seal.size, append_seal.root, append_seal.sealed_at, append_seal.key_id, append_seal.previous, append_seal.hash, append_seal.signature,
      append_seal.commands, append_seal.commands_hash);
end $$;
--> statement-breakpoint
revoke all on function append_seal from public;
