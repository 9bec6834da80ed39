import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildSchema } from "../build-schema";

/** A migration of a build to come; its SQL without the head line. */
export type LaterMigration = { name: string; head: string; sql: string };

/** The number of the nth migration after this build's newest. */
export const laterNumber = (nth: number): number => buildSchema.number + nth;

/** A copy of the migrations with these after them: what the build of the next release, or the one after it, comes with. */
export function laterMigrations(...later: readonly LaterMigration[]): { folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), "daybook-migrations-"));
  cpSync("infra/migrations", folder, { recursive: true });
  const file = path.join(folder, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8")) as { entries: { idx: number; when: number; tag: string }[] };
  for (const { name, head, sql } of later) {
    const last = journal.entries.at(-1);
    if (!last) throw new Error("the journal is empty");
    const tag = `${String(last.idx + 1).padStart(4, "0")}_${name}`;
    journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1_000, tag });
    writeFileSync(path.join(folder, `${tag}.sql`), `-- ${head}\n${sql}`);
  }
  writeFileSync(file, JSON.stringify(journal));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Everything that an expand may do to what older builds use: columns and indexes in every table, a function beside the old one. */
export const expansion: LaterMigration = {
  name: "more_room",
  head: "expand: a column more in every table.",
  sql: `do $$
declare t record;
begin
  for t in select c.oid::regclass as name, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' loop
    execute format('alter table %s add column next_build text, add column next_default int not null default 7', t.name);
    execute format('create index %I on %s (next_build)', t.relname || '_next', t.name);
  end loop;
end $$;
--> statement-breakpoint
create table next_things (id int primary key);
--> statement-breakpoint
create function append_events_next(n int) returns int language sql as 'select n';`,
};

/** Takes away what this build appends with. Builds that know `expansion` are allowed. */
export const contraction: LaterMigration = {
  name: "less_room",
  head: `contract (floor ${laterNumber(1)}): append_events goes.`,
  sql: `alter function append_events rename to append_events_gone;
--> statement-breakpoint
select raise_schema_floor(${laterNumber(1)}, ${laterNumber(2)});`,
};
