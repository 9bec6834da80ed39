import type { Account } from "@/domain/account/account";
import type { AccountRefusal } from "@/domain/account/refusals";
import type { EventName } from "@/domain/ids";
import { parseCurrency } from "@/domain/money/currency";
import { money } from "@/domain/money/money";
import { withDigits } from "@/infra/event-log/codec/digits";

/** What became of a command. `done` and `refused` are definite and stored; the others leave nothing behind. */
export type Outcome =
  | { kind: "done"; position: bigint; events: readonly EventName[]; recordedAt: Date; decidedAt: Date; replayed: boolean }
  | { kind: "refused"; refusal: AccountRefusal; position: bigint; decidedAt: Date; replayed: boolean }
  /** The id was used before with other input; the first command stands. */
  | { kind: "mismatch"; fields: readonly string[] }
  /** Refused access and a missing account look the same. */
  | { kind: "not_found" }
  /** Nothing was decided: try again. */
  | { kind: "busy" }
  /** Not known yet: ask again with the same id. */
  | { kind: "checking" }
  | { kind: "failed"; reference: string };

/** What became of a command under review: `agreed` is what it would do to the account; nothing was done, and nothing recorded. */
export type Reviewed = Outcome | { kind: "agreed"; before: Account; after: Account };

/** As stored in `commands.outcome`. */
export type StoredOutcome = { ok: "yes"; events: readonly EventName[] } | { ok: "no"; refusal: unknown };

export function storedDone(events: readonly EventName[]): StoredOutcome {
  return { ok: "yes", events };
}

export function storedRefusal(refusal: AccountRefusal): StoredOutcome {
  return { ok: "no", refusal: withDigits(refusal) };
}

/** Amounts come back as `Money`; every other fact is text. */
export function refusalFrom(stored: unknown): AccountRefusal {
  return withMoney(stored) as AccountRefusal;
}

function withMoney(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if ("minorUnits" in value && "currency" in value) {
    const currency = parseCurrency(String(value.currency));
    if (!currency) throw new Error(`stored amount in an unknown currency ${String(value.currency)}`);
    return money(BigInt(String(value.minorUnits)), currency);
  }
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withMoney(field)]));
}
