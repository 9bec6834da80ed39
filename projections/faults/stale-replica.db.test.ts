import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { AccountId } from "@/domain/ids";
import { logHead } from "@/infra/event-log/read";
import { newCommandId } from "@/infra/ids";
import { logger } from "@/infra/logging/logger";
import type { Runtime } from "@/infra/runtime";
import { startSealer } from "@/infra/seals/sealer";
import { type OwnBook, ownBook } from "@/infra/testing/own-book";
import { type OwnPostgres, startOwnPostgres } from "@/infra/testing/own-postgres";
import { customer, deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { until } from "@/infra/testing/until";
import { accountAsOf } from "@/infra/time-travel/account-as-of";
import { startRunner } from "../runner";
import { verifyBook } from "../verify/verify-book";
import { isLevel, isSealed } from "./whole-book";

// A replica that lacks the last events takes the primary's place under a running bank: what was acknowledged and is lost cannot be had
// back, but nothing may be built upon it, and everybody who knew of it has to say so.

let book: OwnBook;
let bank: Runtime;
let replica: OwnPostgres;
const alarms: string[] = [];
const heard: bigint[] = [];

const actor = customer();
const lostCommand = newCommandId();
let accountId: AccountId;
let other: AccountId;
let kept: bigint;
let lostPin: { position: bigint; hash: string };

beforeAll(async () => {
  vi.spyOn(logger, "error").mockImplementation((fields: unknown) => void alarms.push(String((fields as { err: unknown }).err)));
  book = await ownBook();
  const home = await copyAsReplica(book);
  bank = book.runtime();
  startRunner(bank);
  startSealer(bank, book.sealFile, { paceMs: 20, lookMs: 20 });
  bank.log.subscribe((position) => heard.push(position));
  [accountId, other] = [await openAccount(bank, actor), await openAccount(bank, actor)];
  await give(deposit(accountId, 100n), { runtime: bank, actor });
  await allFollow();
  kept = (await logHead(bank.pool)).position;

  const standby = await startOwnPostgres(home, { settings: streaming(book) });
  const reader = book.onServer(standby);
  await until("the replica has it all", async () => (await logHead(reader.pool)).position === kept);
  await reader.close();
  await standby.stop();

  expect(await give(deposit(accountId, 900n), { runtime: bank, actor, commandId: lostCommand })).toMatchObject({ kind: "done" });
  for (let i = 0; i < 5; i++) await give(deposit(other, 7n), { runtime: bank, actor });
  await allFollow();
  const answer = await accountAsOf(bank, actor, { accountId, at: { kind: "time", t: new Date() } });
  if (answer?.kind !== "answer" || !answer.pin) throw new Error("the account has no past to share");
  lostPin = answer.pin;
  expect(alarms).toEqual([]);

  book.postgres.kill();
  replica = await startOwnPostgres(home, { settings: streaming(book), port: book.postgres.port });
  await book.asOwner("select pg_promote()");
}, 120_000);

afterAll(async () => {
  await replica.stop();
  replica.remove();
  await book.close();
});

async function allFollow(): Promise<void> {
  await until("every reader is level", () => isLevel(bank));
  await until("the whole log is sealed", () => isSealed(bank));
}

/** Copies the stopped primary: the packaged PostgreSQL brings no pg_basebackup. */
async function copyAsReplica({ postgres }: OwnBook): Promise<string> {
  const home = `${postgres.home}-replica`;
  await postgres.stop();
  mkdirSync(home, { recursive: true });
  for (const part of ["data", "password"]) cpSync(path.join(postgres.home, part), path.join(home, part), { recursive: true });
  writeFileSync(path.join(home, "data/standby.signal"), "");
  await postgres.start();
  return home;
}

function streaming({ postgres: { ownerUrl } }: OwnBook): readonly string[] {
  const { hostname, port, username, password } = new URL(ownerUrl);
  return [`primary_conninfo=host=${hostname} port=${port} user=${username} password=${password}`];
}

test("a decision stands on what there is, not on money that was lost; positions and versions go on without a gap", async () => {
  const refused = await give(withdraw(accountId, 500n), { runtime: bank, actor });
  expect(refused).toMatchObject({ kind: "refused", refusal: { code: "insufficient_funds", available: { minorUnits: 100n } } });
  expect(await give(deposit(other, 3n), { runtime: bank, actor })).toMatchObject({
    kind: "done",
    position: kept + 1n,
    events: [`${other}@2`],
  });
  expect(await verifyBook(bank, () => {})).toMatchObject({ ok: true }); // what is left is sound in itself
});

test("an acknowledged command that was lost has its one effect when it is asked again", async () => {
  const again = () => give(deposit(accountId, 900n), { runtime: bank, actor, commandId: lostCommand });
  expect(await again()).toMatchObject({ kind: "done", replayed: false, events: [`${accountId}@3`] });
  expect(await again()).toMatchObject({ kind: "done", replayed: true, events: [`${accountId}@3`] });
});

test("the executor says that the log lost its end", () => {
  expect(alarms.join("\n")).toMatch(
    `history was lost: this process saw the log reach position ${kept + 6n}, and it now ends at position ${kept}.`,
  );
});

test("the sealer refuses to seal another history, and verify names the seal that only the file knows", async () => {
  await until("the sealer says so", () =>
    alarms.some((alarm) => /knows a seal over \d+ events that the database does not have/.test(alarm)),
  );
  const verdict = await verifyBook(bank, () => {}, { sealFile: book.sealFile });
  expect(verdict).toMatchObject({ ok: false, fault: expect.stringContaining("the log's end is missing, or was replaced") });
});

test("an answer that was pinned to the lost history is not given from another one", async () => {
  const answer = await accountAsOf(bank, actor, { accountId, at: { kind: "position", ...lostPin } });
  expect(answer).toMatchObject({ kind: "another_history", position: lostPin.position });
});

test("readers and listener go on from where the replica is", async () => {
  await until("every reader is level", () => isLevel(bank));
  const { rows } = await bank.pool.query("select account_id, balance::int from account_balances order by balance");
  expect(rows).toEqual([
    { account_id: other, balance: 3 },
    { account_id: accountId, balance: 1_000 },
  ]);
  await until("the listener is back", async () => {
    const listening =
      "select from pg_stat_activity where application_name = 'daybook listener' and query like 'listen log%' and state = 'idle'";
    return (await book.asOwner(listening)).length === 1;
  });
  const rival = book.runtime();
  const outcome = await give(deposit(other, 1n), { runtime: rival, actor });
  if (outcome.kind !== "done") throw new Error(outcome.kind);
  await until("another process' append is heard of", () => heard.at(-1) === outcome.position);
});
