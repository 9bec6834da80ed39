import type pg from "pg";

const tables = ["account_balances", "account_entries", "daily_balances", "activity"] as const;

/** Every row of the read models, as text. */
export async function readModelRows(db: Pick<pg.Pool, "query">): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows: found } = await db.query<{ row: string }>(`select t::text as row from ${table} t order by 1`);
    rows[table] = found.map(({ row }) => row);
  }
  return rows;
}

/** Tables that stand in a schema of copies. */
export async function copiesIn(db: Pick<pg.Pool, "query">, schema: "shadow" | "kept"): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>("select tablename as name from pg_tables where schemaname = $1 order by 1", [
    schema,
  ]);
  return rows.map(({ name }) => name);
}
