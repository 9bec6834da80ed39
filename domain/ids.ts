declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** Every id is its prefix, an underscore, and 128 bits as 26 lower-case Crockford base32 characters. */
export type AccountId = Id<"AccountId">;
export type PartyId = Id<"PartyId">;
export type UserId = Id<"UserId">;
export type CommandId = Id<"CommandId">;

/** An event's name for ever: its stream and its version in it. */
export type EventName = `${AccountId}@${number}`;

export function parseAccountId(text: string): AccountId | undefined {
  return isId("acc", text) ? (text as AccountId) : undefined;
}

export function parsePartyId(text: string): PartyId | undefined {
  return isId("pty", text) ? (text as PartyId) : undefined;
}

export function parseUserId(text: string): UserId | undefined {
  return isId("usr", text) ? (text as UserId) : undefined;
}

export function parseCommandId(text: string): CommandId | undefined {
  return isId("cmd", text) ? (text as CommandId) : undefined;
}

export function eventName(accountId: AccountId, version: number): EventName {
  return `${accountId}@${version}`;
}

/** Reads `acc_…@12`; versions count from 1 and have no leading zero. */
export function parseEventName(text: string): { accountId: AccountId; version: number } | undefined {
  const [id = "", version = "", ...rest] = text.split("@");
  const accountId = parseAccountId(id);
  if (accountId === undefined || rest.length > 0 || !/^[1-9][0-9]{0,9}$/.test(version)) return undefined;
  return { accountId, version: Number(version) };
}

// 26 × 5 bits are 130: the first character carries only three, so it is at most 7.
const body = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

function isId(prefix: string, text: string): boolean {
  return text.startsWith(`${prefix}_`) && body.test(text.slice(prefix.length + 1));
}
