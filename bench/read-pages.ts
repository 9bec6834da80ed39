import type pg from "pg";

const eventsPerPage = 5_000;

/** The raw limit of everything that follows the log: its pages read in node, four columns, no object a row, and nothing done with them. */
export async function readPages(pool: pg.Pool): Promise<void> {
  const text = `select position, stream_id, type, data -> 'amount' ->> 'minorUnits' from events where position > $1 order by position limit ${eventsPerPage}`;
  for (let after = 0n; ; ) {
    const { rows } = await pool.query<[position: bigint]>({ name: "bench_pages", text, values: [after], rowMode: "array" });
    const last = rows.at(-1);
    if (!last) return;
    after = last[0];
  }
}
