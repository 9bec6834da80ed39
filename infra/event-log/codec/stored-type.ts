import type { z } from "zod";
import type { AccountEvent } from "@/domain/account/events";
import type { Json } from "../canonical-json";

export type EventType = AccountEvent["type"];
export type DataOf<T extends EventType> = Extract<AccountEvent, { type: T }>["data"];
export type StoredData = Readonly<Record<string, Json>>;

/**
 * All versions of one event type ever written. `older[i]` is version i + 1; `upcasts[i]` lifts it to i + 2. `read` takes the newest, which is what
 * `write` gives, and throws for any other shape.
 */
export type StoredType<T extends EventType> = {
  older: readonly z.ZodType[];
  upcasts: readonly ((stored: StoredData) => StoredData)[];
  read: (stored: unknown) => DataOf<T>;
  write: (data: DataOf<T>) => StoredData;
};
