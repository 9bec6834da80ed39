import { query } from "./book";

type Stored = { position: string; schema_version: number; data: unknown };

/** An event as it was never written, for as long as `work` takes. As the owner, past the triggers. */
export async function rewritten<T>(id: string, version: number, set: string, work: () => Promise<T>): Promise<T> {
  const place = "where stream_id = $1 and version = $2";
  const [before] = await query<Stored>(`select position, schema_version, data from events ${place}`, [id, version]);
  if (!before) throw new Error(`${id} has no event ${version}`);
  const change = async (sql: string, values: readonly unknown[]) => {
    await query("alter table events disable trigger user");
    try {
      await query(sql, values);
    } finally {
      await query("alter table events enable trigger user");
    }
  };
  await change(`update events set ${set} ${place}`, [id, version]);
  try {
    return await work();
  } finally {
    const { position, schema_version, data } = before;
    await change("update events set schema_version = $2, data = $3 where position = $1", [
      position,
      schema_version,
      JSON.stringify(data),
    ]);
    // What sealer or verifier found meanwhile is settled, as an operator's release does it.
    await query(
      "update findings set closed_at = clock_timestamp(), closed_reason = 'put right' where stream_id = $1 and closed_at is null",
      [id],
    );
  }
}
