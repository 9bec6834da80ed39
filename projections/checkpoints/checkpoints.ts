import type { Db } from "@/infra/postgres/connect";

export type Checkpoint = {
  name: string;
  revision: number;
  position: bigint;
  recordedAt: Date | null;
  updatedAt: Date;
  paused: boolean;
};

export type CheckpointMove = Pick<Checkpoint, "name" | "revision" | "position" | "recordedAt">;

const columns = `c.name, c.revision, c.position, c.recorded_at as "recordedAt", c.updated_at as "updatedAt", c.paused`;

/**
 * Takes the reader's row, or nothing where another runner has it. A statement of its own: in one statement with the fold, the fold read
 * from before the lock and lost money (log-review §1.8).
 */
export async function lockCheckpoint(db: Db, name: string): Promise<Checkpoint | undefined> {
  const { rows } = await db.query<Checkpoint>({
    name: "lock_checkpoint",
    text: `select ${columns} from projection_checkpoints c where c.name = $1 for update skip locked`,
    values: [name],
  });
  return rows[0];
}

/** Takes the reader's row once whoever has it is done, within the transaction's lock_timeout. Undefined: it never ran. */
export async function awaitCheckpoint(db: Db, name: string): Promise<Checkpoint | undefined> {
  const { rows } = await db.query<Checkpoint>(`select ${columns} from projection_checkpoints c where c.name = $1 for update`, [
    name,
  ]);
  return rows[0];
}

/** "No row" from the lock means busy *or* missing; after this it means busy. */
export async function ensureCheckpoint(db: Db, { name, revision }: { name: string; revision: number }): Promise<void> {
  await db.query(
    "insert into projection_checkpoints (name, revision, updated_at) values ($1, $2, date_trunc('milliseconds', clock_timestamp())) on conflict do nothing",
    [name, revision],
  );
}

/** Only by the holder of the row's lock. */
export async function moveCheckpoint(db: Db, to: CheckpointMove): Promise<void> {
  await db.query({
    name: "move_checkpoint",
    text: `update projection_checkpoints set revision = $2, position = $3, recorded_at = $4, updated_at = date_trunc('milliseconds', clock_timestamp()) where name = $1`,
    values: [to.name, to.revision, to.position, to.recordedAt],
  });
}

export async function readCheckpoints(db: Db, names: readonly string[]): Promise<Checkpoint[]> {
  const { rows } = await db.query<Checkpoint>(
    `select ${columns} from projection_checkpoints c where c.name = any($1) order by c.name`,
    [names],
  );
  return rows;
}
