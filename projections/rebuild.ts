import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { logHead } from "@/infra/event-log/read";
import { transaction } from "@/infra/postgres/transaction";
import { advance } from "./advance";
import { ensureCheckpoint, lockCheckpoint, moveCheckpoint } from "./checkpoints/checkpoints";
import type { LogReader, Projector } from "./log-reader";
import { clearReader } from "./parked/apply-or-park";

const lockWaitMsMax = 15_000;
const busyWaitMs = 20;

/**
 * Makes a read model anew from the first event, in place: forgets it in one transaction, then follows the log chunk by chunk, each with
 * its checkpoint, so that a rebuild that is killed goes on where it was. Runners may help. Returns how many events it now stands on.
 */
export async function rebuild(
  projector: Projector,
  reader: LogReader,
  onProgress: (done: bigint, total: bigint) => void,
): Promise<bigint> {
  const { projector: pool } = projector.pools;
  const { position: total } = await logHead(pool);
  await forget(pool, reader);
  for (;;) {
    const step = await advance(projector, reader);
    if (step.kind === "applied") onProgress(step.position, total);
    else if (step.kind === "busy") await delay(busyWaitMs);
    else if (step.kind === "level") return total;
    else throw new Error(`${reader.name} cannot be rebuilt now: ${explained[step.kind]}`);
  }
}

const explained = {
  paused: "it is paused",
  outdated: "an older fold made it",
  superseded: "a newer Daybook feeds it",
  standby: "this database is a standby",
} as const;

async function forget(pool: pg.Pool, reader: LogReader): Promise<void> {
  await ensureCheckpoint(pool, reader);
  const deadline = performance.now() + lockWaitMsMax;
  while (performance.now() < deadline) {
    const done = await transaction(pool, async (client) => {
      const held = await lockCheckpoint(client, reader.name);
      if (!held) return false;
      if (held.revision > reader.revision) throw new Error(`${reader.name} was made by a newer Daybook`);
      await clearReader(client, reader);
      await moveCheckpoint(client, { name: reader.name, revision: reader.revision, position: 0n, recordedAt: null });
      return true;
    });
    if (done) return;
    await delay(busyWaitMs);
  }
  throw new Error(`${reader.name} stayed busy for ${lockWaitMsMax / 1_000} s: another process holds its checkpoint`);
}
