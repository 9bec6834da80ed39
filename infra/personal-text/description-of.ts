import type { LogEvent } from "../event-log/stored-event";
import type { TextToOpen } from "./open-texts";

/** The one personal text that an event may hold, with the place that it was sealed for. */
export function descriptionOf({ streamId, event }: Pick<LogEvent, "streamId" | "event">): TextToOpen {
  return { streamId, field: "description", text: "description" in event.data ? event.data.description : undefined };
}
