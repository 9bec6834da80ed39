import type { Runtime } from "@/infra/runtime";
import { progressOf } from "./progress";

const pollMs = 25; // for checkpoints that another process moves

/**
 * Waits until every named projection has reached the position and the event there, at most `waitMsMax`. False: not yet, and the page then
 * says "being posted"; or one of them holds the event's account, which is no reason to wait.
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
    const { reached, held } = await look(runtime, names, position);
    if (held) return false;
    if (reached) return true;
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

/** In one snapshot: a step moves its checkpoint and parks in one transaction. */
async function look({ pool }: Runtime, names: readonly string[], position: bigint): Promise<{ reached: boolean; held: boolean }> {
  const { rows } = await pool.query<{ reached: bigint; held: boolean }>({
    name: "caught_up",
    text: `select (select count(*) from projection_checkpoints where name = any($1) and position >= $2) as reached,
            exists (select from events e join parked_accounts p on p.account_id = e.stream_id and p.version <= e.version
              where e.position = $2 and p.reader = any($1)) as held`,
    values: [names, position],
  });
  return { reached: rows[0]?.reached === BigInt(new Set(names).size), held: rows[0]?.held === true };
}
