import { createHmac } from "node:crypto";
import type { AccountCommand } from "@/domain/account/commands";
import { withDigits } from "@/infra/event-log/codec/digits";

/** Field → keyed HMAC of its plain canonical value: tells which fields differ, and tells nobody what they were. */
export type Fingerprint = Readonly<Record<string, string>>;

// Handed out by the bank while it handles the command, so a retry of the same form may carry others.
const assigned: Partial<Record<AccountCommand["type"], readonly string[]>> = { OpenAccount: ["accountId", "accountNumber"] };

export function fingerprintOf(command: AccountCommand, hmacKey: Buffer): Fingerprint {
  const left = assigned[command.type] ?? [];
  const fields = Object.entries(command).filter(([name, value]) => value !== undefined && !left.includes(name));
  return Object.fromEntries(fields.map(([name, value]) => [name, keyed(hmacKey, command.type, name, value)]));
}

/** Names of the fields in which two inputs differ, present in one only included. */
export function differingFields(a: Fingerprint, b: Fingerprint): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort();
}

function keyed(key: Buffer, type: string, field: string, value: unknown): string {
  return createHmac("sha256", key)
    .update(`daybook.input.1\n${type}\n${field}\n${canonical(value)}`)
    .digest("base64url");
}

function canonical(value: unknown): string {
  const sorted = (_: string, field: unknown) =>
    field !== null && typeof field === "object" && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field;
  return JSON.stringify(withDigits(value), sorted);
}
