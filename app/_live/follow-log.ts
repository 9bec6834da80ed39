const LOCK = "daybook-live";
const CHANNEL = "daybook-live";
const REFRESH_EVERY_MS = 1_000;
const LOST_AFTER_MS = 5_000;
const OPEN_AGAIN_MS_MAX = 30_000;

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

/**
 * Resolves, and so gives up the lock, when the signal aborts or nobody is signed in any more. A stream that the server refuses, as during an
 * outage, is closed for good by the browser: it is opened anew, later and later; what moved meanwhile is then asked for at once.
 */
function listen({ signal, onMoved, onConnection }: Follower & { signal: AbortSignal }): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | undefined;
    let lostTimer: ReturnType<typeof setTimeout> | undefined;
    let againTimer: ReturnType<typeof setTimeout> | undefined;
    let refusals = 0;
    const end = () => {
      clearTimeout(lostTimer);
      clearTimeout(againTimer);
      source?.close();
      resolve();
    };
    const onError = async () => {
      lostTimer ??= setTimeout(() => onConnection(false), LOST_AFTER_MS);
      if (source?.readyState !== EventSource.CLOSED) return; // the browser opens it again
      if (await isSignedOut()) return end();
      if (signal.aborted) return;
      againTimer = setTimeout(open, Math.min(1_000 * 2 ** refusals, OPEN_AGAIN_MS_MAX));
      refusals += 1;
    };
    const open = () => {
      source = new EventSource("/api/events");
      source.onopen = () => {
        clearTimeout(lostTimer);
        lostTimer = undefined;
        onConnection(true);
        if (refusals > 0) onMoved();
        refusals = 0;
      };
      source.onmessage = onMoved;
      source.addEventListener("moved", onMoved);
      source.onerror = () => void onError();
    };
    if (signal.aborted) return resolve();
    open();
    signal.addEventListener("abort", end);
  });
}

/** Asked apart: a stream does not say why it was refused. */
async function isSignedOut(): Promise<boolean> {
  const answer = await fetch("/api/events", { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  return answer?.status === 204;
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
