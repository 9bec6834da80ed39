import type { Runtime } from "@/infra/runtime";

type Listener = (name: string, position: bigint) => void;

/** Tells this process which reader has come how far. A hint: other processes move checkpoints too. */
export type Progress = { advanced: Listener; subscribe(listener: Listener): () => void };

const slot = Symbol.for("daybook.progress.1");
type Holder = { [slot]?: WeakMap<Runtime, Progress> };

/** One per runtime. On globalThis, since Next loads a module up to three times in one process. */
export function progressOf(runtime: Runtime): Progress {
  const holder = globalThis as Holder;
  holder[slot] ??= new WeakMap();
  let progress = holder[slot].get(runtime);
  if (!progress) {
    progress = createProgress();
    holder[slot].set(runtime, progress);
  }
  return progress;
}

function createProgress(): Progress {
  const listeners = new Set<Listener>();
  return {
    advanced(name, position) {
      for (const listener of listeners) listener(name, position);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
