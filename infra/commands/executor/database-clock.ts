/** The database's clock, estimated between the moments at which it was heard. Never runs backwards. */
export function createDatabaseClock() {
  let offsetMs: number | undefined;
  let lastMs = 0;
  return {
    known: () => offsetMs !== undefined,
    heard(clock: Date): void {
      offsetMs = clock.getTime() - performance.now();
    },
    now(): Date {
      lastMs = Math.max(lastMs, Math.floor(performance.now() + (offsetMs ?? Date.now() - performance.now())));
      return new Date(lastMs);
    },
  };
}
