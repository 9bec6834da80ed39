/**
 * Aborts at the first Ctrl-C, SIGTERM or closed terminal; the process itself goes on, to stop things in order. `unlessHeard`: not where some
 * work listens to the same signal, and stops in its own way.
 */
export function stopSignals({ unlessHeard = false } = {}): { signal: AbortSignal; code(): number } {
  const stop = new AbortController();
  let code = 0;
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [name, value] of Object.entries(codes)) {
    process.on(name, () => {
      if (stop.signal.aborted || (unlessHeard && process.listenerCount(name) > 1)) return;
      code = value;
      stop.abort(new DOMException(`Stopped by ${name}.`, "AbortError"));
    });
  }
  return { signal: stop.signal, code: () => code };
}

/** The result of `work`, unless the signal comes first. */
export function unlessStopped<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
