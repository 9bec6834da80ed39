import { isDeepStrictEqual } from "node:util";
import type { AccountCommand } from "@/domain/account/commands";
import type { PersonalText } from "@/domain/personal-text";
import { withDigits } from "@/infra/event-log/codec/digits";
import { openText } from "@/infra/personal-text/cipher";
import type { DataKey } from "@/infra/personal-text/keys";

/** What a command's row remembers of its input, or one in flight of its own: everything in clear but personal text, which may be sealed. */
export type RememberedInput = { type: AccountCommand["type"]; input: Readonly<Record<string, unknown>> };

// Handed out by the bank while it handles the command, so a retry of the same form may carry others.
const assigned: Partial<Record<AccountCommand["type"], readonly string[]>> = { OpenAccount: ["accountId", "accountNumber"] };

/**
 * Names of the fields in which a new input differs from the one remembered, those present in one only included. A sealed text is opened by
 * its account's data key; once that is destroyed, no text can be told from another, and it counts as the same (decisions/0008).
 * @throws for a sealed text that was altered.
 */
export function differingFields(remembered: RememberedInput, asked: AccountCommand, key: DataKey | null): readonly string[] {
  const { type, input } = remembered;
  if (type !== asked.type) return ["type"];
  const given = new Map<string, unknown>(Object.entries(asked).filter(([, value]) => value !== undefined));
  const left = ["type", ...(assigned[type] ?? [])];
  const names = new Set([...Object.keys(input), ...given.keys()]);
  const differs = (name: string) => {
    const [known, value] = [input[name], given.get(name)];
    if (known === undefined || value === undefined) return known !== value;
    if (isText(known) && isText(value)) return differ(known, value, { streamId: String(input.accountId), field: name }, key);
    return !areEqual(known, value);
  };
  return [...names].filter((name) => !left.includes(name) && differs(name)).sort();
}

function differ(
  known: PersonalText,
  value: PersonalText,
  place: { streamId: string; field: string },
  key: DataKey | null,
): boolean {
  if ("erased" in known) return false;
  if ("plain" in known) return !areEqual(known, value);
  if (key?.keyId !== known.key) return false; // destroyed; or another account's, which its id tells apart
  return !("plain" in value) || openText(key, known, place) !== value.plain;
}

function isText(value: unknown): value is PersonalText {
  return value !== null && typeof value === "object" && ("plain" in value || "enc" in value || "erased" in value);
}

/** Whether both are stored as the same: in whatever order their members are, and numbers as digits. */
function areEqual(known: unknown, value: unknown): boolean {
  return isDeepStrictEqual(withDigits(known), withDigits(value));
}
