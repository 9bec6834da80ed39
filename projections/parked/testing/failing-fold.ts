import type { AccountId } from "@/domain/ids";
import type { LogEvent } from "@/infra/event-log/stored-event";
import type { LogReader } from "../../log-reader";

/** For tests: the same reader with a fold that fails at some events, after it has written what it could. */
export function failingAt(
  reader: LogReader,
  isBad: (event: LogEvent) => boolean,
  fail: (event: LogEvent) => unknown = () => {
    throw new Error("this fold cannot");
  },
): LogReader {
  return {
    ...reader,
    async apply(client, events, keys) {
      const bad = events.findIndex(isBad);
      if (bad > 0) await reader.apply(client, events.slice(0, bad), keys);
      const event = events[bad];
      if (event) await fail(event);
      await reader.apply(client, bad < 0 ? events : events.slice(bad), keys);
    },
  };
}

export const isEvent =
  (accountId: AccountId, version: number) =>
  (event: LogEvent): boolean =>
    event.streamId === accountId && event.version === version;
