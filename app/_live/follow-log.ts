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

  /** Returns what aborts when the tab is hidden or left; nothing where it is hidden already. */
  const listenWhenVisible = (): AbortSignal | undefined => {
    leave?.abort();
    if (document.visibilityState === "hidden") return undefined;
    leave = new AbortController();
    const { signal } = leave;
    const tellAll = () => {
      channel.postMessage("moved");
      moved();
    };
    const asLeader = () => listen({ signal, onConnection, onMoved: tellAll });
    if ("locks" in navigator)
      navigator.locks.request(LOCK, { signal }, asLeader).catch(() => undefined); // aborted while waiting for its turn
    else void asLeader(); // plain http from another machine: a stream per tab
    return signal;
  };

  /** Asks for what moved while nobody looked. In an outage the page stays as it is. */
  const onVisibility = async () => {
    const signal = listenWhenVisible();
    if (!signal) return;
    const status = await askStatus();
    const isAway = status === undefined || status === 503;
    if (!isAway && !signal.aborted) moved();
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
 * Resolves, and so gives up the lock, when the signal aborts or nobody is signed in any more. A
 * stream that the server refuses, as during an outage, is closed for good by the browser: it is
 * opened anew, later and later. What moved while there was none is asked for once it is open.
 */
function listen({ signal, onMoved, onConnection }: Follower & { signal: AbortSignal }): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | undefined;
    let lostTimer: ReturnType<typeof setTimeout> | undefined;
    let againTimer: ReturnType<typeof setTimeout> | undefined;
    let refusals = 0;
    let isBehind = false;
    const end = () => {
      clearTimeout(lostTimer);
      clearTimeout(againTimer);
      source?.close();
      resolve();
    };
    const onError = async () => {
      isBehind = true;
      lostTimer ??= setTimeout(() => onConnection(false), LOST_AFTER_MS);
      if (source?.readyState !== EventSource.CLOSED) return; // the browser opens it again
      if ((await askStatus()) === 204) return end(); // nobody is signed in
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
        if (isBehind) onMoved();
        isBehind = false;
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

/** Asked apart, as a stream does not say why it was refused. Nothing where nobody answers. */
async function askStatus(): Promise<number | undefined> {
  const answer = await fetch("/api/events", { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  return answer?.status;
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
