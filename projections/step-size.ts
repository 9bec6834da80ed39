import { mayBeTooMuch } from "./parked/blames-events";

/**
 * How many events a reader takes at once. After a step that may have been too much for this machine, half as many, down to one; after one that
 * went, twice as many again. Without it a step that always takes longer than its time would stop the reader for ever.
 */
export function createStepSize(eventsMax: number) {
  let events = eventsMax;
  return {
    get events(): number {
      return events;
    },
    went(): void {
      events = Math.min(eventsMax, events * 2);
    },
    failed(error: unknown): void {
      if (mayBeTooMuch(error)) events = Math.max(1, Math.floor(events / 2));
    },
  };
}
