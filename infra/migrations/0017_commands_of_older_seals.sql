-- expand: one case more that `append_seal` accepts.
-- A seal of before, which says nothing of commands, may be followed by one over the same events that does: else the commands of a book that is
-- quiet after its upgrade would wait for its next event (decisions/0011-commands-are-sealed.md).
ALTER TABLE "seals" DROP CONSTRAINT "seals_pkey";--> statement-breakpoint
CREATE UNIQUE INDEX "seals_size" ON "seals" USING btree ("size",("commands" is not null));--> statement-breakpoint
-- As in 0014, but for that one case.
create or replace function append_seal(size bigint, root bytea, sealed_at timestamptz, key_id text, previous bytea, hash bytea, signature bytea, commands bigint, commands_hash bytea)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare last_size bigint; last_hash bytea; last_root bytea; last_commands bigint;
begin
  lock table seals in exclusive mode; -- readers go on
  select s.size, s.hash, s.root, s.commands into last_size, last_hash, last_root, last_commands
    from seals s order by s.size desc, (s.commands is not null) desc limit 1;
  if append_seal.size < coalesce(last_size, 1) or append_seal.previous <> coalesce(last_hash, decode(repeat('00', 32), 'hex'))
      or (append_seal.size = last_size and (last_commands is not null or append_seal.root <> last_root)) then
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
