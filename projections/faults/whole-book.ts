import { expect } from "vitest";
import type { AccountId } from "@/domain/ids";
import type { Runtime } from "@/infra/runtime";
import type { Deposits } from "@/infra/testing/steady-deposits";
import { until } from "@/infra/testing/until";
import { logReaders } from "../registry";
import { verifyBook } from "../verify/verify-book";

const names = logReaders.map(({ name }) => name);

/** Whether every reader of the log has come to its end, by itself. */
export async function isLevel({ pool }: Pick<Runtime, "pool">): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from unnest($1::text[]) n left join projection_checkpoints c on c.name = n
      where coalesce(c.position, 0) < (select max(position) from events)`,
    [names],
  );
  return rowCount === 0;
}

/** Whether a seal covers the whole log. */
export async function isSealed({ pool }: Pick<Runtime, "pool">): Promise<boolean> {
  const { rows } = await pool.query("select (select max(size) from seals) = (select max(position) from events) as sealed");
  return rows[0]?.sealed === true;
}

/** After the trouble: every deposit stands once and no other, readers and sealer came along by themselves, and verify finds no fault. */
export async function mustBeWhole(
  runtime: Runtime,
  { accountId, deposits, sealFile }: { accountId: AccountId; deposits: Deposits; sealFile: string },
): Promise<void> {
  const { rows } = await runtime.pool.query<{ id: string }>(
    "select metadata ->> 'commandId' as id from events where stream_id = $1 and type = 'MoneyDeposited'",
    [accountId],
  );
  expect(rows.map(({ id }) => id).sort()).toEqual([...deposits.done].sort());
  await until("every reader is level", () => isLevel(runtime));
  await until("the whole log is sealed", () => isSealed(runtime));
  expect(await verifyBook(runtime, () => {}, { sealFile })).toMatchObject({ ok: true, held: [] });
}
