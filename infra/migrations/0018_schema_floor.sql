-- expand: one table that says which builds may work on this book.
CREATE TABLE "book_schema" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"floor" integer NOT NULL,
	"newest" integer NOT NULL,
	"newest_name" text NOT NULL,
	CONSTRAINT "book_schema_one_row" CHECK ("book_schema"."one"),
	CONSTRAINT "book_schema_range" CHECK (0 <= "book_schema"."floor" and "book_schema"."floor" <= "book_schema"."newest")
);
--> statement-breakpoint
-- The floor of the last contract before this one; a contract from here on raises it: select raise_schema_floor(floor, its own number).
insert into book_schema (floor, newest, newest_name) values (14, 18, '0018_schema_floor');
--> statement-breakpoint
create function keep_schema_rising() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or new.floor < old.floor or new.newest < old.newest then
    raise exception 'the row of book_schema stays, and its numbers never go down' using errcode = 'DB001';
  end if;
  perform pg_notify('schema', new.floor::text); -- delivered with the commit: processes of older builds look at once
  return new;
end $$;
--> statement-breakpoint
create trigger book_schema_rises before update or delete on book_schema for each row execute function keep_schema_rising();
--> statement-breakpoint
create trigger book_schema_is_kept before truncate on book_schema for each statement execute function refuse_change();
--> statement-breakpoint
-- For contract migrations, in the transaction of what they take away. Runs as the owner, and nobody else is granted it.
create function raise_schema_floor(floor int, number int) returns void language sql set search_path = public, pg_temp as $$
  update book_schema b set floor = greatest(b.floor, raise_schema_floor.floor), newest = greatest(b.newest, raise_schema_floor.number)
$$;
--> statement-breakpoint
revoke execute on function raise_schema_floor from public;
