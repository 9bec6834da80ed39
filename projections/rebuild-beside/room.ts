import type { Db } from "@/infra/postgres/connect";

/** Bytes that each read model takes with its indexes, and so about as much as another copy of it will. */
export async function bytesOf(db: Db, tables: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ name: string; bytes: number }>(
    "select t as name, pg_total_relation_size(format('public.%I', t)::regclass)::float8 as bytes from unnest($1::text[]) t",
    [tables],
  );
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}
