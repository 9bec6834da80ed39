import { createHmac } from "node:crypto";
import type { AccountCommand } from "@/domain/account/commands";
import { withDigits } from "@/infra/event-log/codec/digits";

/** Field → keyed HMAC of its plain canonical value: tells whether two texts are equal, and tells nobody what they were. */
export type Fingerprint = Readonly<Record<string, string>>;

/** What a command's row remembers of its input. Rows of earlier builds have a fingerprint of every field. */
export type RememberedInput = {
  type: AccountCommand["type"];
  input: Readonly<Record<string, unknown>>;
  fingerprint: Fingerprint;
};

// Handed out by the bank while it handles the command, so a retry of the same form may carry others.
const assigned: Partial<Record<AccountCommand["type"], readonly string[]>> = { OpenAccount: ["accountId", "accountNumber"] };

/** Of the personal texts: the only fields of the input that the command's row does not hold in clear. */
export function fingerprintOf(command: AccountCommand, hmacKey: Buffer): Fingerprint {
  const fingerprint: Record<string, string> = {};
  for (const [name, value] of Object.entries(command))
    if (isPlainText(value)) fingerprint[name] = keyed(hmacKey, command.type, name, value);
  return fingerprint;
}

/** Names of the fields in which a new input differs from the one remembered, those present in one only included. */
export function differingFields(remembered: RememberedInput, asked: AccountCommand, hmacKey: Buffer): readonly string[] {
  const { type, input, fingerprint } = remembered;
  if (type !== asked.type) return ["type"];
  const given = new Map<string, unknown>(Object.entries(asked).filter(([, value]) => value !== undefined));
  const left = ["type", ...(assigned[type] ?? [])];
  const names = new Set([...Object.keys(input), ...Object.keys(fingerprint), ...given.keys()]);
  const differs = (name: string) => {
    const value = given.get(name);
    if (value === undefined) return true;
    const known = fingerprint[name];
    return known === undefined ? canonical(input[name]) !== canonical(value) : known !== keyed(hmacKey, type, name, value);
  };
  return [...names].filter((name) => !left.includes(name) && differs(name)).sort();
}

function isPlainText(value: unknown): boolean {
  return value !== null && typeof value === "object" && "plain" in value;
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
  return String(JSON.stringify(withDigits(value), sorted));
}
