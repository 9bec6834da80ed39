import type { Runtime } from "@/infra/runtime";

type Listener = (name: string, position: bigint) => void;

/** Tells this process which reader has come how far. A hint: other processes move checkpoints too. */
export type Progress = {
  advanced: Listener;
  subscribe(listener: Listener): () => void;
  /** What became of a reader's last step in this process. */
  stepEnded(name: string, outcome: "went" | "threw"): void;
  /** Readers whose last step in this process threw; each tries again by itself. */
  failing(): readonly string[];
};

const slot = Symbol.for("daybook.progress.2");
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
  const failing = new Set<string>();
  return {
    advanced(name, position) {
      for (const listener of listeners) listener(name, position);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stepEnded(name, outcome) {
      if (outcome === "threw") failing.add(name);
      else failing.delete(name);
    },
    failing: () => [...failing],
  };
}
