import type { Db } from "./connect";

/** The newest migration that a database has had. */
export type SchemaVersion = { migratedTo: string; hash: string };

/** Undefined: it was never migrated. */
export async function schemaVersion(db: Db): Promise<SchemaVersion | undefined> {
  const { rows } = await db.query<{ there: boolean }>("select to_regclass('drizzle.__drizzle_migrations') is not null as there");
  if (!rows[0]?.there) return undefined;
  const newest = await db.query<SchemaVersion>(
    `select created_at::text as "migratedTo", hash from drizzle.__drizzle_migrations order by created_at desc limit 1`,
  );
  return newest.rows[0];
}
