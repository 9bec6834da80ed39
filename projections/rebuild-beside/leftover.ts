import type pg from "pg";
import { transaction } from "@/infra/postgres/transaction";
import type { Beside } from "../log-reader";
import { isLockNotAvailable } from "./lock-not-available";
import { readRebuild } from "./state";

/** Drops what a cancelled rebuild made, unless somebody has asked for a new one since. False: it is read for longer than that. */
export async function dropLeftover(
  pool: pg.Pool,
  { name, beside: { table } }: { name: string; beside: Beside },
  { lockMsMax }: { lockMsMax: number },
): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>(
    "select to_regclass(format('shadow.%I', $1::text)) is not null as there",
    [table],
  );
  if (!rows[0]?.there) return true;
  try {
    return await transaction(pool, async (client) => {
      const rebuild = await readRebuild(client, name, { lock: true });
      if (rebuild?.status !== "cancelled") return true;
      await client.query(`set local lock_timeout = ${lockMsMax}`);
      await client.query("select drop_shadow($1)", [table]);
      return true;
    });
  } catch (error) {
    if (isLockNotAvailable(error)) return false;
    throw error;
  }
}
