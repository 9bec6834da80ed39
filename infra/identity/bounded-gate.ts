/** Too much is waiting already: nothing was begun, try again in a moment. */
export class GateFull extends Error {
  constructor() {
    super("too many are waiting");
    this.name = "GateFull";
  }
}

export type BoundedGate = { run<T>(work: () => Promise<T>): Promise<T> };

/** Lets `running` tasks run at once and `waiting` more wait, first come first served; any further one throws `GateFull` at once. */
export function createBoundedGate(limits: { running: number; waiting: number }): BoundedGate {
  let running = 0;
  const queue: (() => void)[] = [];

  async function run<T>(work: () => Promise<T>): Promise<T> {
    if (running < limits.running) running += 1;
    else {
      if (queue.length >= limits.waiting) throw new GateFull();
      await new Promise<void>((enter) => queue.push(enter)); // whoever leaves hands over its place
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return { run };
}
