import { mayAct } from "@/domain/access/policy";
import { type Account, decide, evolve } from "@/domain/account/account";
import type { AccountCommand } from "@/domain/account/commands";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountRefusal } from "@/domain/account/refusals";
import { type AccountId, type EventName, eventName } from "@/domain/ids";
import { refuse } from "@/domain/result";
import { canonicalJson } from "@/infra/event-log/canonical-json";
import { encodeEvent } from "@/infra/event-log/codec/account-codec";
import { withDigits } from "@/infra/event-log/codec/digits";
import { hashWritten } from "@/infra/event-log/hash";
import { createAccountKey, type DataKey } from "@/infra/personal-text/keys";
import { type Reviewed, storedDone, storedRefusal } from "../outcome";
import type { Aggregate } from "./aggregate-cache";
import { commandContext, eventMetadata } from "./context";
import type { Pending } from "./pending";
import { sealedCommand } from "./sealed-command";

/** What every decision of one batch stands on. `now` is the database's clock as last heard, in ms. */
export type DecisionBasis = {
  bookId: string;
  zone: string;
  build: string;
  masterKey: Buffer;
  now: Date;
  isUnderReview: (id: AccountId) => boolean;
};

/** As JSON texts, made while the batch before is being written. */
type Rows = { events: string[]; reads: { s: AccountId; v: number }[]; commands: string[]; keys: string[]; stamps: Date[] };

type Settled = { base: bigint; at: Date };
export type DecidedBatch = {
  rows: Rows;
  states: Map<AccountId, Aggregate>;
  /** Of the batch's last event; null where it has none. */
  lastHash: Buffer | null;
  answers: { pending: Pending; outcome: (settled: Settled) => Reviewed }[];
  denied: Pending[];
  failed: { pending: Pending; error: unknown }[];
};

/**
 * Decides commands one after another, each on the state that the ones before it leave. Aggregates are values: a command that
 * throws fails alone and leaves nothing behind. Touches neither database nor `aggregates`.
 */
export function decideBatch(
  batch: readonly Pending[],
  aggregates: ReadonlyMap<AccountId, Aggregate>,
  basis: DecisionBasis,
): DecidedBatch {
  const decided: DecidedBatch = {
    rows: { events: [], reads: [], commands: [], keys: [], stamps: [] },
    states: new Map(),
    lastHash: null,
    answers: [],
    denied: [],
    failed: [],
  };
  const read = new Set<AccountId>();
  for (const pending of batch) {
    const { accountId } = pending.command;
    const before = decided.states.get(accountId) ?? aggregates.get(accountId);
    if (!before) throw new Error(`${accountId} was not loaded`);
    try {
      const decision = decideOne(pending, before, basis);
      if (decision === "denied") decided.denied.push(pending);
      else if ("agreed" in decision) decided.answers.push({ pending, outcome: () => decision.agreed });
      else settle(decided, pending, before, decision);
    } catch (error) {
      decided.failed.push({ pending, error });
      continue;
    }
    if (!read.has(accountId)) decided.rows.reads.push({ s: accountId, v: aggregates.get(accountId)?.version ?? 0 });
    read.add(accountId);
  }
  return decided;
}

type Decision = {
  after: Aggregate;
  events: string[];
  keys: string[];
  names: EventName[];
  refusal?: AccountRefusal;
  command: Readonly<Record<string, unknown>>;
  decidedAt: Date;
};

type Agreed = { agreed: Extract<Reviewed, { kind: "agreed" }> };

function decideOne(pending: Pending, before: Aggregate, basis: DecisionBasis): Decision | Agreed | "denied" {
  if (!mayAct(pending.actor, pending.command, before.account)) return "denied";
  const decidedAt = pending.at ?? basis.now;
  const command = sealedCommand(pending.command, before.key);
  const result = basis.isUnderReview(command.accountId)
    ? refuse({ code: "account_under_review" })
    : decide(command, before.account);
  if (result.ok && pending.review) {
    return { agreed: { kind: "agreed", before: before.account, after: result.value.reduce(evolve, before.account) } };
  }
  const decision = result.ok
    ? grow(before, command.accountId, result.value, pending, decidedAt, basis)
    : unchanged(before, result.refusal);
  return { ...decision, decidedAt, command: commandRow(pending, command, before, decision, decidedAt, basis) };
}

type Growth = Omit<Decision, "command" | "decidedAt">;

function unchanged(before: Aggregate, refusal: AccountRefusal): Growth {
  return { after: before, events: [], keys: [], names: [], refusal };
}

function grow(
  before: Aggregate,
  id: AccountId,
  events: readonly AccountEvent[],
  pending: Pending,
  decidedAt: Date,
  basis: DecisionBasis,
): Growth {
  const born = before.version === 0 ? createAccountKey(basis.masterKey) : undefined;
  const key: DataKey | null = born ? { keyId: born.keyId, key: born.key } : before.key;
  const metadata = canonicalJson(eventMetadata(pending, decidedAt, basis));
  const rows: string[] = [];
  const names: EventName[] = [];
  let { account, version, hash }: { account: Account; version: number; hash: Buffer } = before;
  for (const event of events) {
    version += 1;
    account = evolve(account, event);
    const { type, schemaVersion, ...stored } = encodeEvent(event);
    const data = canonicalJson(stored.data);
    hash = hashWritten(hash, { bookId: basis.bookId, streamId: id, version, type, schemaVersion, data, metadata });
    // What is stored is the very text that was hashed.
    rows.push(
      `{"s":${canonicalJson(id)},"v":${version},"t":"${type}","sv":${schemaVersion},"d":${data},"m":${metadata},"e":null,"h":"${hash.toString("hex")}"}`,
    );
    names.push(eventName(id, version));
  }
  const keys = born ? [JSON.stringify({ id: born.keyId, s: id, w: born.wrapped.toString("hex") })] : [];
  return { after: { account, version, hash, key }, events: rows, keys, names };
}

function commandRow(
  pending: Pending,
  command: AccountCommand,
  before: Aggregate,
  growth: Growth,
  decidedAt: Date,
  basis: DecisionBasis,
): Decision["command"] {
  const { type, ...input } = command;
  return {
    actor: pending.actor.userId,
    id: pending.commandId,
    t: type,
    a: [command.accountId],
    i: withDigits(input),
    o: growth.refusal ? storedRefusal(growth.refusal) : storedDone(growth.names),
    // What was done says in its events on which version, by whom and how it was decided.
    ...(growth.refusal && {
      vs: { [command.accountId]: before.version.toString() },
      cx: commandContext(pending, basis.build),
    }),
    da: decidedAt,
  };
}

function settle(decided: DecidedBatch, pending: Pending, before: Aggregate, decision: Decision): void {
  const { rows } = decided;
  const upTo = rows.events.length + decision.events.length; // events of this batch decided before or by this command
  rows.commands.push(JSON.stringify({ ...decision.command, p: upTo })); // first: should it throw, nothing else was left behind
  rows.events.push(...decision.events);
  rows.keys.push(...decision.keys);
  if (pending.at) for (const _ of decision.events) rows.stamps.push(pending.at);
  if (decision.after !== before) {
    decided.states.set(pending.command.accountId, decision.after);
    decided.lastHash = decision.after.hash;
  }
  const { refusal, names, decidedAt } = decision;
  decided.answers.push({
    pending,
    outcome: ({ base, at }) => {
      const position = base + BigInt(upTo);
      return refusal
        ? { kind: "refused", refusal, position, decidedAt, replayed: false }
        : { kind: "done", position, events: names, recordedAt: pending.at ?? at, decidedAt, replayed: false };
    },
  });
}
