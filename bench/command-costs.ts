import { randomBytes } from "node:crypto";
import { type Account, evolve, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { decideBatch } from "@/infra/commands/executor/decide-batch";
import { pending } from "@/infra/commands/executor/pending";
import { sealedCommand } from "@/infra/commands/executor/sealed-command";
import { hashEvent, noHash } from "@/infra/event-log/hash";
import { newAccountId, newCommandId } from "@/infra/ids";
import { customer, deposit } from "@/infra/testing/test-bank";
import type { Sample, Series } from "./interleaved";

const batchSize = 64;

/** What one described deposit costs in this process, in µs: decided as one of a batch, and what of that is hash and encryption. */
export function commandCosts(smoke: boolean): Series[] {
  const seconds = smoke ? 0.05 : 0.5;
  const facts = { unit: "µs", rows: batchSize, clients: 1, seconds, durable: false, smoke } as const;
  const { whole, ...parts } = work();
  const over = { decide: "commands.cost.decide" };
  return [
    { ...facts, name: "commands.cost.decide", run: async () => timeOf(whole, seconds, batchSize) },
    ...Object.entries(parts).map(
      ([name, part]): Series => ({ ...facts, name: `commands.cost.${name}`, over, run: async () => timeOf(part, seconds) }),
    ),
  ];
}

function work() {
  const accountId: AccountId = newAccountId();
  const actor = customer();
  const key = { keyId: "key_01jd0000000000000000000001", key: randomBytes(32) };
  const command = deposit(accountId, 100n, "groceries at the corner");
  const opened = {
    type: "AccountOpened",
    data: { accountNumber: "DB000000000001", currency: "EUR", exponent: 2, holders: [actor.partyId], product: "current" },
  };
  const account: Account = evolve(unopened, opened as Parameters<typeof evolve>[1]);
  const aggregates = new Map([[accountId, { account, version: 1, hash: noHash, key }]]);
  const basis = {
    bookId: "book_01jd0000000000000000000001",
    zone: "Europe/Berlin",
    build: "bench",
    masterKey: randomBytes(32),
    now: new Date(),
    isUnderReview: () => false,
  };
  const batch = Array.from({ length: batchSize }, () => pending({ actor, commandId: newCommandId(), command, channel: "web" }));
  const row = JSON.parse(decideBatch(batch, aggregates, basis).rows.events[0] ?? "{}");
  const hashed = {
    bookId: basis.bookId,
    streamId: accountId,
    version: 2,
    type: row.t,
    schemaVersion: row.sv,
    data: row.d,
    metadata: row.m,
  };
  return {
    whole: () => void decideBatch(batch, aggregates, basis),
    hash: () => void hashEvent(noHash, hashed),
    encryption: () => void sealedCommand(command, key),
  };
}

function timeOf(part: () => void, seconds: number, perCall = 1): Sample {
  const from = performance.now();
  let calls = 0;
  let now = from;
  while (now < from + seconds * 1_000) {
    part();
    calls += 1;
    now = performance.now();
  }
  return { value: ((now - from) * 1_000) / (calls * perCall) };
}
