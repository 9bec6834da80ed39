const LOCK = "daybook-live";
const CHANNEL = "daybook-live";
const REFRESH_EVERY_MS = 1_000;
const LOST_AFTER_MS = 5_000;

type Follower = { onMoved: () => void; onConnection: (connected: boolean) => void };

/**
 * One event stream per browser: the visible tab that holds the lock listens and tells the others. A hidden tab gives the lock up.
 * The stream carries no data, only that something moved, so a burst of messages is one refresh a second.
 */
export function followLog({ onMoved, onConnection }: Follower): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  const moved = atMostEvery(REFRESH_EVERY_MS, onMoved);
  channel.onmessage = moved;
  let leave: AbortController | undefined;

  const listenWhenVisible = () => {
    leave?.abort();
    if (document.visibilityState === "hidden") return;
    leave = new AbortController();
    const { signal } = leave;
    const tellAll = () => {
      channel.postMessage("moved");
      moved();
    };
    const asLeader = () => listen({ signal, onConnection, onMoved: tellAll });
    if (!("locks" in navigator)) return void asLeader(); // plain http from another machine: a stream per tab
    navigator.locks.request(LOCK, { signal }, asLeader).catch(() => undefined); // aborted while waiting for its turn
  };

  const onVisibility = () => {
    listenWhenVisible();
    if (document.visibilityState === "visible") moved(); // what moved while nobody looked
  };
  document.addEventListener("visibilitychange", onVisibility);
  listenWhenVisible();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    leave?.abort();
    moved.cancel();
    channel.close();
  };
}

/** Resolves, and so gives up the lock, when the signal aborts or the server ends the stream for good (signed out). */
function listen({ signal, onMoved, onConnection }: Follower & { signal: AbortSignal }): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const source = new EventSource("/api/events");
    let lostTimer: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      clearTimeout(lostTimer);
      source.close();
      resolve();
    };
    source.onopen = () => {
      clearTimeout(lostTimer);
      lostTimer = undefined;
      onConnection(true);
    };
    source.onmessage = onMoved;
    source.addEventListener("moved", onMoved);
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) return end();
      lostTimer ??= setTimeout(() => onConnection(false), LOST_AFTER_MS);
    };
    signal.addEventListener("abort", end);
  });
}

function atMostEvery(intervalMs: number, act: () => void): (() => void) & { cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const run = () => {
    timer = undefined;
    last = Date.now();
    act();
  };
  const call = () => {
    timer ??= setTimeout(run, Math.max(0, last + intervalMs - Date.now()));
  };
  return Object.assign(call, { cancel: () => clearTimeout(timer) });
}
