import type { AccountCommand } from "@/domain/account/commands";
import type { AccountRefusal } from "@/domain/account/refusals";
import type { CommandId, EventName, UserId } from "@/domain/ids";
import type { DataKey } from "@/infra/personal-text/keys";
import { type Outcome, refusalFrom, type StoredOutcome } from "./outcome";
import { differingFields } from "./same-input";

/** A command as the book remembers it: who asked what, when, and the answer it got for ever. */
export type RecordedCommand = {
  actor: UserId;
  id: CommandId;
  type: AccountCommand["type"];
  accountIds: readonly string[];
  /** Parsed input as stored JSON; personal text is sealed. */
  input: Readonly<Record<string, unknown>>;
  outcome: { ok: true; events: readonly EventName[] } | { ok: false; refusal: AccountRefusal };
  position: bigint;
  /** Of a refused command; a done command's events say both. */
  versions: Readonly<Record<string, string>>;
  context: Readonly<Record<string, string>>;
  decidedAt: Date;
  recordedAt: Date;
};

/** As JSON made by the database: instants are text, positions too (a JSON number would lose digits). */
export type RecordedCommandRow = Omit<RecordedCommand, "outcome" | "position" | "decidedAt" | "recordedAt"> & {
  outcome: StoredOutcome;
  position: string;
  decidedAt: string | Date;
  recordedAt: string | Date;
};

/** Select list over `commands c` that gives a `RecordedCommandRow`. */
export const recordedCommandColumns = `c.actor, c.id, c.type, c.account_ids as "accountIds", c.input, c.outcome,
  c.position::text as position, c.versions, c.context, c.decided_at as "decidedAt", c.recorded_at as "recordedAt"`;

export function recordedCommand(row: RecordedCommandRow): RecordedCommand {
  const { outcome } = row;
  return {
    ...row,
    outcome: outcome.ok === "yes" ? { ok: true, events: outcome.events } : { ok: false, refusal: refusalFrom(outcome.refusal) },
    position: BigInt(row.position),
    decidedAt: new Date(row.decidedAt),
    recordedAt: new Date(row.recordedAt),
  };
}

/** The first answer again for the same input; for other input, which fields differ. `key`: that of the account asked for. */
export function replay(command: RecordedCommand, asked: AccountCommand, key: DataKey | null): Outcome {
  const fields = differingFields(command, asked, key);
  return fields.length > 0 ? { kind: "mismatch", fields } : outcomeOf(command, true);
}

export function outcomeOf({ outcome, position, recordedAt, decidedAt }: RecordedCommand, replayed: boolean): Outcome {
  return outcome.ok
    ? { kind: "done", position, events: outcome.events, recordedAt, decidedAt, replayed }
    : { kind: "refused", refusal: outcome.refusal, position, decidedAt, replayed };
}
