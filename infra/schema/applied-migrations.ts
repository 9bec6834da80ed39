import type { Db } from "../postgres/connect";
import type { BuildMigrations } from "./build-schema";

type Applied = { madeAt: string; hash: string };

/** `unknown`: a sentence where the database has had migrations that this build does not know. `isBehind`: some of this build's are to come. */
export type MigrationsCompared = { unknown: string | undefined; isBehind: boolean };

/**
 * Holds the migrations that a database has had against those of this build, as the owner. @throws when it lacks one that later ones came after:
 * Drizzle would leave that one out without a word.
 */
export async function compareMigrations(db: Db, own: BuildMigrations): Promise<MigrationsCompared> {
  const applied = await readApplied(db);
  const had = new Set(applied.map(({ madeAt }) => Number(madeAt)));
  const last = Math.max(0, ...had);
  const left = own.all.find(({ madeAt }) => madeAt < last && !had.has(madeAt));
  if (left)
    throw new Error(
      `This book never had the migration ${left.name}, though it had later ones: it is of another line of development, and this build cannot work on it.`,
    );
  const known = new Set(own.all.map(({ madeAt }) => madeAt));
  const others = applied.filter(({ madeAt }) => !known.has(Number(madeAt)));
  return {
    unknown: others.length === 0 ? undefined : await told(db, others, own),
    isBehind: own.all.some(({ madeAt }) => madeAt > last),
  };
}

async function readApplied(db: Db): Promise<readonly Applied[]> {
  const { rows } = await db.query<{ there: boolean }>("select to_regclass('drizzle.__drizzle_migrations') is not null as there");
  if (!rows[0]?.there) return [];
  const applied = await db.query<Applied>(
    `select created_at::text as "madeAt", hash from drizzle.__drizzle_migrations order by created_at`,
  );
  return applied.rows;
}

async function told(db: Db, others: readonly Applied[], { newest }: BuildMigrations): Promise<string> {
  const names = others.map(({ madeAt, hash }) => `of ${momentOf(madeAt)} (${hash.slice(0, 12)})`).join(", ");
  const { rows } = await db.query<{ name: string }>("select newest_name as name from book_schema where newest > $1", [
    newest.number,
  ]);
  const last = rows[0] ? `; its newest is ${rows[0].name}` : "";
  return `This book has had migrations that this build does not know: ${names}${last}. This build, whose newest is ${newest.name}, may go on: nothing that it needs was taken away.`;
}

/** Whatever number stands there: a row that somebody wrote by hand may hold any. */
function momentOf(madeAt: string): string {
  const moment = new Date(Number(madeAt));
  return Number.isNaN(moment.getTime()) ? madeAt : moment.toISOString();
}
