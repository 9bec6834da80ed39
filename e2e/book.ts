import pg from "pg";

/** A look behind the screen, as the database's owner. */
export async function query<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** The busiest account of a demo person in a currency. */
export async function accountOf(email: string, currency: string): Promise<string> {
  const [row] = await query<{ id: string }>(
    `select a.account_id as id from account_balances a join users u on a.holders @> array[u.party_id]
      where u.email = $1 and a.currency = $2 order by a.version desc limit 1`,
    [email, currency],
  );
  if (!row) throw new Error(`${email} has no account in ${currency}`);
  return row.id;
}

/** Runs with the read models standing still; they go on afterwards whatever happens. */
export async function whilePaused<T>(work: () => Promise<T>): Promise<T> {
  await query("update projection_checkpoints set paused = true");
  try {
    return await work();
  } finally {
    await query("update projection_checkpoints set paused = false");
  }
}
