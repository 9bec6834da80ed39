import type { Actor } from "@/domain/access/policy";
import type { Runtime } from "@/infra/runtime";
import { watchLog } from "@/projections/log-watch";
import { type Standing, somethingVisibleMoved, standing, standingBefore } from "@/projections/visible-moves";

const overlapMs = 5_000; // what moved between the making of the page and its stream

/** Calls `onMoved` when something that the actor may see has moved. Failures go to `guard`. Returns the way to stop. */
export function watchMoves(
  runtime: Runtime,
  actor: Actor,
  onMoved: () => void,
  guard: (work: Promise<void>) => void,
): () => void {
  const { pool } = runtime;
  let seen: Standing | undefined;
  let next: Standing | undefined;
  let looking = false;
  let stopped = false;

  // One look at a time; what moves meanwhile is the next look.
  async function look(now: Standing): Promise<void> {
    next = now;
    if (looking) return;
    looking = true;
    try {
      while (next && !stopped) {
        const to: Standing = next;
        next = undefined;
        seen ??= await standingBefore(pool, overlapMs);
        if (await somethingVisibleMoved(pool, actor, seen, to)) onMoved();
        seen = to;
      }
    } finally {
      looking = false;
    }
  }

  const unwatch = watchLog(runtime, (now) => guard(look(now)));
  guard(standing(pool).then(look));
  return () => {
    stopped = true;
    unwatch();
  };
}
