type Work = () => void | Promise<void>;

/** On globalThis: Next loads a module up to three times in one process, and a stream must register where the signal arrives. */
const slot = Symbol.for("daybook.shutdown.1");
type Holder = { [slot]?: { begun: boolean; works: Set<Work> } };

/**
 * Runs `work` once when this process is asked to stop, before connections to the database close: event streams end themselves
 * here, since one open stream would keep the server from closing. Returns a function that takes it back.
 */
export function onShutdown(work: Work): () => void {
  const { begun, works } = state();
  if (begun) {
    void Promise.resolve(work());
    return () => undefined;
  }
  works.add(work);
  return () => works.delete(work);
}

/** Runs everything registered, together; waits for all of it, whatever fails. */
export async function beginShutdown(): Promise<void> {
  const { works } = state();
  state().begun = true;
  const all = [...works];
  works.clear();
  await Promise.allSettled(all.map(async (work) => work()));
}

/** Whether this process is stopping: nothing long should begin. */
export function isShuttingDown(): boolean {
  return state().begun;
}

function state(): { begun: boolean; works: Set<Work> } {
  const holder = globalThis as Holder;
  holder[slot] ??= { begun: false, works: new Set() };
  return holder[slot];
}
