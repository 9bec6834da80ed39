import { afterAll, beforeAll, expect, test } from "vitest";
import { transaction } from "@/infra/postgres/transaction";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testSecrets } from "@/infra/testing/test-secrets";
import { accountAsOf } from "@/infra/time-travel/account-as-of";
import { balanceAsOf } from "@/infra/time-travel/balance-as-of";
import { runOnce } from "../run-once";
import { makeHistory, seededRandom, type TestHistory } from "../test-history";

let database: TestDatabase;
let runtime: Runtime;
let history: TestHistory;
const seed = Number(process.env.DAYBOOK_TEST_SEED ?? Date.now() % 1_000_000);

beforeAll(async () => {
  console.info(`seed ${seed} (DAYBOOK_TEST_SEED repeats it)`);
  database = await testDatabase();
  runtime = createRuntime({ urls: database.urls, keys: testSecrets });
  history = await makeHistory(runtime, { accounts: 5, commands: 900, seed });
  await runOnce(runtime);
});
afterAll(async () => {
  await runtime.close();
  await database.drop();
});

async function asOf(accountId: TestHistory["accounts"][number], t: Date) {
  const answer = await accountAsOf(runtime, history.actor, { accountId, at: { kind: "time", t } });
  if (answer?.kind !== "answer") throw new Error("no answer");
  return answer;
}

test("at random moments the one look-up in the entries, the snapshot path and the fold from the first event agree", async () => {
  const random = seededRandom(seed);
  const { rows } = await database.pool.query<{ first: Date; last: Date }>(
    "select min(recorded_at) as first, max(recorded_at) as last from events",
  );
  const [span] = rows;
  if (!span) throw new Error("no events");
  const fast = (accountId: TestHistory["accounts"][number], t: Date) =>
    transaction(runtime.pool, (db) => balanceAsOf(db, accountId, t), "repeatable read read only");
  let fromEntries = 0;
  const questions = Array.from({ length: 120 }, () => ({
    accountId: history.accounts[Math.floor(random() * history.accounts.length)] ?? fail(),
    t: new Date(span.first.getTime() - 5 + Math.floor(random() * (span.last.getTime() - span.first.getTime() + 10))),
  }));
  const answers = [];
  for (const { accountId, t } of questions) {
    const { state, entriesBalance } = await asOf(accountId, t);
    const { balance, source } = await fast(accountId, t);
    expect(balance).toBe(state.status === "unopened" ? null : state.balance);
    expect(entriesBalance.kind).toBe("equal");
    if (source === "entries") fromEntries += 1;
    answers.push(state);
  }
  expect(fromEntries).toBe(questions.length);

  await database.owner.query("delete from snapshots");
  for (const [i, { accountId, t }] of questions.entries()) expect((await asOf(accountId, t)).state).toEqual(answers[i]);
});

test("a read model that has not got there says so, and the fold answers alone", async () => {
  await database.owner.query("update projection_checkpoints set position = 3, recorded_at = null where name = 'account_entries'");
  const [accountId = fail()] = history.accounts;
  const { entriesBalance, stoodOn } = await asOf(accountId, new Date());
  expect(entriesBalance).toEqual({ kind: "behind", position: 3n });
  expect(stoodOn).not.toBeNull();
  const { source } = await transaction(runtime.pool, (db) => balanceAsOf(db, accountId, new Date()), "repeatable read read only");
  expect(source).toBe("log");
  await runOnce(runtime);
});

test("a changed row in the entries is noticed, and so is a missing one", async () => {
  const [accountId = fail()] = history.accounts;
  const { stoodOn, state } = await asOf(accountId, new Date());
  if (!stoodOn || state.status === "unopened") fail();
  const row = [accountId, stoodOn.version];
  await database.owner.query("update account_entries set balance = balance + 1 where account_id = $1 and version = $2", row);
  expect((await asOf(accountId, new Date())).entriesBalance).toEqual({
    kind: "different",
    folded: state.balance,
    entries: state.balance + 1n,
  });
  await database.owner.query("update account_entries set balance = 'NaN' where account_id = $1 and version = $2", row);
  const unreadable = { kind: "different", folded: state.balance, entries: "unreadable" };
  expect(await asOf(accountId, new Date())).toMatchObject({ entriesBalance: unreadable, damage: { kind: "read_model" } });
  expect(await balanceAsOf(runtime.pool, accountId, new Date())).toEqual({ balance: state.balance, source: "log" });
  await database.owner.query("delete from account_entries where account_id = $1 and version = $2", row);
  expect((await asOf(accountId, new Date())).entriesBalance).toEqual({ kind: "different", folded: state.balance, entries: null });
});

test("whatever the entries say of when an event was, the answer stands on the log", async () => {
  const [accountId = fail()] = history.accounts;
  const { rows: events } = await database.pool.query<{ version: number; position: bigint; at: Date }>(
    "select version, position, recorded_at as at from events where stream_id = $1 order by version",
    [accountId],
  );
  const one = "where account_id = $1 and version = 7";
  const damages = [
    `update account_entries set recorded_at = recorded_at + interval '1 day' ${one}`,
    `update account_entries set recorded_at = '2001-01-01' ${one}`,
    `update account_entries set recorded_at = 'infinity' ${one}`,
    `update account_entries set recorded_at = '-infinity' ${one}`,
    `update account_entries set version = 1000000 ${one}`,
    "update account_entries set version = 2147483647 where account_id = $1 and version = 8",
    "update account_entries set version = -2147483648 where account_id = $1 and version = 9",
    "delete from account_entries where account_id = $1 and version > 5",
    "delete from account_entries where account_id = $1",
  ];
  for (const damage of damages) {
    await database.owner.query(damage, [accountId]);
    for (const { version, position, at } of events.slice(0, 12)) {
      const last = events.findLast((event) => event.at <= at)?.version;
      expect((await asOf(accountId, at)).stoodOn?.version).toBe(last);
      const answer = await accountAsOf(runtime, history.actor, { accountId, at: { kind: "position", position } });
      expect(answer).toMatchObject({ stoodOn: { version } });
      const before = await asOf(accountId, new Date(at.getTime() - 1));
      expect(before.stoodOn?.version).toBe(events.findLast((event) => event.at < at)?.version);
    }
  }
});

function fail(): never {
  throw new Error("no account");
}
