import type pg from "pg";
import type { Model, Report } from "@/soak/check/model";

/** I6, at the end: tables of the read side against the model, row by row, both at the head. */
export async function checkReadModels(db: pg.Pool, model: Model, report: Report): Promise<void> {
  const balances = await db.query<{ id: string; version: number; balance: string; status: string }>(
    "select account_id as id, version, balance::text, status from account_balances",
  );
  if (balances.rows.length !== model.streams.size)
    report("I6", `account_balances has ${balances.rows.length} accounts; the log has ${model.streams.size}`);
  for (const { id, version, balance, status } of balances.rows) {
    const last = model.streams.get(id)?.at(-1);
    if (last?.version !== version || String(last.balance) !== balance || last.status !== status)
      report(
        "I6",
        `account_balances has ${id} ${status} with ${balance} at ${version}; the log ${last?.status} with ${last?.balance} at ${last?.version}`,
      );
  }
  const entries = await db.query<{ id: string; version: number; position: number; amount: string; balance: string }>(
    "select account_id as id, version, position::float8 as position, amount::text, balance::text from account_entries",
  );
  if (entries.rows.length !== model.rows.length)
    report("I6", `account_entries has ${entries.rows.length} rows; the log has ${model.rows.length} events`);
  let moved = 0n;
  for (const { id, version, position, amount, balance } of entries.rows) {
    const point = model.streams.get(id)?.[version - 1];
    moved += BigInt(amount);
    if (point?.position !== position || String(point.balance) !== balance)
      report(
        "I6",
        `account_entries has ${id}@${version} with ${balance} at ${position}; the log ${point?.balance} at ${point?.position}`,
      );
  }
  const held = [...model.streams.values()].reduce((sum, points) => sum + (points.at(-1)?.balance ?? 0n), 0n);
  if (moved !== held) report("I5", `all movements come to ${moved}; all balances to ${held}`);
}
