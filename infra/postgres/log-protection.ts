import type { Db } from "./connect";

/** "triggers only": the application works as the owner, because somebody asked for it. Shown by health and terminal. */
export type LogProtection = "roles and triggers" | "triggers only";

/** What keeps this connection's role from changing the log: its missing rights and the triggers, or the triggers alone. */
export async function logProtection(db: Db): Promise<LogProtection> {
  const { rows } = await db.query<{ mayInsert: boolean }>(`select has_table_privilege('events', 'insert') as "mayInsert"`);
  return rows[0]?.mayInsert === false ? "roles and triggers" : "triggers only";
}
