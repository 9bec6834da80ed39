import pg from "pg";
import { sealingLockKey } from "../infra/seals/sealing-lock";
import { query } from "./book";

type Stored = { position: string; schema_version: number; data: unknown };

/**
 * An event as it was never written, for as long as `work` takes. As the owner, past the triggers;
 * sealer and verifier stand still meanwhile, so that they do not find it first and put the account
 * under review.
 */
export async function rewritten<T>(id: string, version: number, set: string, work: () => Promise<T>): Promise<T> {
  const goOn = await holdUpChecks();
  try {
    return await whileRewritten(id, version, set, work);
  } finally {
    await goOn();
  }
}

async function whileRewritten<T>(id: string, version: number, set: string, work: () => Promise<T>): Promise<T> {
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
  }
}

/**
 * Takes what one sealer and one verifier at a time hold while they are at work. The answer gives it
 * back.
 */
async function holdUpChecks(): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await holder.connect();
  await holder.query("select pg_advisory_lock($1)", [sealingLockKey]);
  await holder.query("update verifier set leased_by = 'a test', leased_until = 'infinity'");
  return async () => {
    await holder.query("update verifier set leased_by = null, leased_until = null");
    await holder.end();
  };
}
