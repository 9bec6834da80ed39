import type { LogEnd } from "@/infra/event-log/append";

/**
 * The log's end as this process knows it. An era is a stretch of the log that nobody else wrote into: a state that was current at some
 * moment of the era is current still, so the append need not compare its version again (13 µs a stream).
 */
export function createLogTail() {
  let end: LogEnd | null = null;
  let era = 0;

  function endsAt(found: LogEnd | null, continues: boolean): void {
    if (!continues) era += 1;
    end = found;
  }

  return {
    get end(): LogEnd | null {
      return end;
    },
    get era(): number {
      return era;
    },
    /** After a look at the log. */
    found(at: LogEnd | null): void {
      endsAt(at, end !== null && at !== null && end.position === at.position && end.hash.equals(at.hash));
    },
    /** After an append: `last` is its last event, null where it had none; `same`: it followed on the end known here. */
    appended(last: LogEnd | null, same: boolean): void {
      endsAt(last ?? (same ? end : null), same);
    },
  };
}
