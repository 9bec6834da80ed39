import { createClient } from "../postgres/connect";

export type LogSignal = ReturnType<typeof createLogSignal>;

const reconnectMs = 1_000;

/**
 * Tells this process that the log moved: at once for its own appends, by NOTIFY for those of others. A hint only: readers poll as well,
 * since the listener may be down, on a standby, or behind a pooler.
 */
export function createLogSignal(url: string) {
  const listeners = new Set<(position: bigint) => void>();
  const schemaListeners = new Set<() => void>();
  let head = 0n;
  let closed = false;
  let stop: (() => void) | undefined;

  function moved(position: bigint): void {
    if (position <= head) return;
    head = position;
    for (const listener of listeners) listener(position);
  }

  function listen(): void {
    if (closed) return;
    const client = createClient(url, "daybook listener");
    let ended = false;
    const again = () => {
      if (ended) return;
      ended = true;
      void client.end().catch(() => {});
      if (!closed) setTimeout(listen, reconnectMs).unref();
    };
    client.on("error", again);
    client.on("end", again);
    client.on("notification", ({ channel, payload }) => {
      if (channel === "log") moved(positionIn(payload));
      else for (const listener of schemaListeners) listener();
    });
    client
      .connect()
      .then(() => client.query("listen log; listen schema"))
      .then(() => {
        head = 0n; // the log may have lost its end meanwhile: what is new below the old head is news too
      })
      .catch(again);
    stop = again;
  }

  return {
    moved,
    /** Calls back with the newest position heard of; returns the way to stop. The first subscriber starts listening to the database. */
    subscribe(listener: (position: bigint) => void): () => void {
      listeners.add(listener);
      if (!stop) listen();
      return () => void listeners.delete(listener);
    },
    /** Calls back when the database says that the book's schema moved; returns the way to stop. */
    onSchemaMoved(listener: () => void): () => void {
      schemaListeners.add(listener);
      if (!stop) listen();
      return () => void schemaListeners.delete(listener);
    },
    close(): void {
      closed = true;
      listeners.clear();
      schemaListeners.clear();
      stop?.();
    },
  };
}

/** Whoever may connect may notify: what is no position is no news. */
function positionIn(payload: string | undefined): bigint {
  return payload !== undefined && /^\d{1,18}$/.test(payload) ? BigInt(payload) : 0n;
}
