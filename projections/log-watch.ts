import { logger } from "@/infra/logging/logger";
import type { Runtime } from "@/infra/runtime";
import { progressOf } from "./progress";
import { type Standing, sameStanding, standing } from "./visible-moves";
import { createWake } from "./wake";

type Listener = (now: Standing) => void;
type Watch = { listeners: Set<Listener>; running: boolean };

const pollMs = 500; // what other processes do, if no hint arrives
const lookEveryMsMin = 50;

const slot = Symbol.for("daybook.log-watch.1");
type Holder = { [slot]?: WeakMap<Runtime, Watch> };

/**
 * Calls back whenever the log, the read models, a rebuild or a held account have moved. One look at the database for all listeners of the process, and none while
 * there are no listeners. Returns the way to stop.
 */
export function watchLog(runtime: Runtime, listener: Listener): () => void {
  const holder = globalThis as Holder; // Next loads a module up to three times in one process
  holder[slot] ??= new WeakMap();
  const watch = holder[slot].get(runtime) ?? { listeners: new Set(), running: false };
  holder[slot].set(runtime, watch);
  watch.listeners.add(listener);
  if (!watch.running) void look(runtime, watch);
  return () => void watch.listeners.delete(listener);
}

async function look(runtime: Runtime, watch: Watch): Promise<void> {
  watch.running = true;
  const wake = createWake();
  const hints = [runtime.log.subscribe(wake.wake), progressOf(runtime).subscribe(wake.wake)];
  let last: Standing | undefined;
  while (watch.listeners.size > 0) {
    try {
      const now = await standing(runtime.pool);
      if (!last || !sameStanding(now, last)) for (const listener of watch.listeners) listener(now);
      last = now;
    } catch (error) {
      logger.warn({ err: error }, "log watch");
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMsMin));
    await wake.sleep(pollMs);
  }
  for (const end of hints) end();
  watch.running = false;
}
