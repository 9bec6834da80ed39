import type { Runtime } from "@/infra/runtime";
import { progressOf } from "./progress";

const pollMs = 25; // for checkpoints that another process moves

/**
 * Waits until every named projection has reached the position, at most `waitMsMax`. False: not yet; the page then says "being posted".
 */
export async function caughtUp(
  runtime: Runtime,
  names: readonly string[],
  position: bigint,
  { waitMsMax }: { waitMsMax: number },
): Promise<boolean> {
  const deadline = performance.now() + waitMsMax;
  const progress = progressOf(runtime);
  for (;;) {
    const moved = nextMove(progress.subscribe, pollMs); // before the look, so that no move falls between
    if (await reached(runtime, names, position)) return true;
    if (performance.now() >= deadline) return false;
    await moved;
  }
}

function nextMove(subscribe: (listener: () => void) => () => void, msMax: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(done, msMax);
    const unsubscribe = subscribe(done);
  });
}

async function reached({ pool }: Runtime, names: readonly string[], position: bigint): Promise<boolean> {
  const { rows } = await pool.query<{ reached: bigint }>(
    "select count(*) as reached from projection_checkpoints where name = any($1) and position >= $2",
    [names, position],
  );
  return rows[0]?.reached === BigInt(new Set(names).size);
}
