import { idFrom } from "@/domain/id-from";
import type { AccountId, CommandId, PartyId, UserId } from "@/domain/ids";
import { pooledRandomBytes } from "./random-bytes";

/** A new id: prefix, underscore, UUIDv7 (RFC 9562) as 26 lower-case Crockford base32 characters. Sorts by the millisecond it was made in. */
export function newId(prefix: string): string {
  return idFrom(prefix, Date.now(), pooledRandomBytes(10));
}

export const newAccountId = () => newId("acc") as AccountId;
export const newCommandId = () => newId("cmd") as CommandId;
export const newPartyId = () => newId("pty") as PartyId;
export const newUserId = () => newId("usr") as UserId;
