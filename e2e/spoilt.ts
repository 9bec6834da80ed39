import { query } from "./book";

/**
 * Rows as Daybook never writes them, for as long as `work` takes: `spoil` changes or makes them,
 * and what `where` finds afterwards is put back as it was. As the owner, past the triggers.
 */
export async function spoilt<T>(table: string, where: string, spoil: string, work: () => Promise<T>): Promise<T> {
  const asOwner = async (...statements: readonly string[]) => {
    await query(
      `begin; alter table ${table} disable trigger user; ${statements.join("; ")}; alter table ${table} enable trigger user; commit`,
    );
  };
  const before = await query<{ row: object }>(`select to_jsonb(t) as row from ${table} t where ${where}`);
  await asOwner(spoil);
  try {
    return await work();
  } finally {
    const rows = JSON.stringify(before.map(({ row }) => row)).replaceAll("'", "''");
    await asOwner(
      `delete from ${table} where ${where}`,
      `insert into ${table} overriding system value select * from jsonb_populate_recordset(null::${table}, '${rows}')`,
    );
  }
}
