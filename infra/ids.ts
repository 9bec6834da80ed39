import { randomFillSync } from "node:crypto";
import type { AccountId, CommandId, PartyId, UserId } from "@/domain/ids";

const crockford = "0123456789abcdefghjkmnpqrstvwxyz";
const random = new Uint8Array(10);

/** A new id: prefix, underscore, UUIDv7 (RFC 9562) as 26 lower-case Crockford base32 characters. Sorts by the millisecond it was made in. */
export function newId(prefix: string): string {
  randomFillSync(random);
  return idFrom(prefix, Date.now(), random);
}

/** The same from a given millisecond and 10 bytes (74 of their bits are used). */
export function idFrom(prefix: string, ms: number, bytes: Uint8Array): string {
  let bits = BigInt(ms);
  bits = (bits << 4n) | 7n; // version
  bits = (bits << 12n) | BigInt((((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) & 0x0fff);
  bits = (bits << 2n) | 2n; // variant
  let tail = 0n;
  for (const byte of bytes.subarray(2)) tail = (tail << 8n) | BigInt(byte);
  return `${prefix}_${encode26((bits << 62n) | (tail & ((1n << 62n) - 1n)))}`;
}

export const newAccountId = () => newId("acc") as AccountId;
export const newCommandId = () => newId("cmd") as CommandId;
export const newPartyId = () => newId("pty") as PartyId;
export const newUserId = () => newId("usr") as UserId;

function encode26(value: bigint): string {
  let text = "";
  for (let rest = value, i = 0; i < 26; i++, rest >>= 5n) text = crockford.charAt(Number(rest & 31n)) + text;
  return text;
}
