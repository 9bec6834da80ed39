import type { LogProtection } from "./app-role";
import type { Db } from "./connect";

/** What keeps this connection's role from changing the log: its missing rights and the triggers, or the triggers alone. */
export async function logProtection(db: Db): Promise<LogProtection> {
  const { rows } = await db.query<{ mayInsert: boolean }>(`select has_table_privilege('events', 'insert') as "mayInsert"`);
  return rows[0]?.mayInsert === false ? "role and triggers" : "triggers only";
}
