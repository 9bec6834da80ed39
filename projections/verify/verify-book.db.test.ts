import { beforeAll, expect, test } from "vitest";
import { deposit, give } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { rebuild } from "../rebuild";
import { logReaders } from "../registry";
import { runOnce } from "../run-once";
import { makeHistory, type TestHistory } from "../test-history";
import { verifyBook } from "./verify-book";

const { database, runtime } = await testRuntime();
let history: TestHistory;

beforeAll(async () => {
  history = await makeHistory(runtime, { accounts: 3, commands: 400, seed: 3 });
  await runOnce(runtime);
});

const verify = () => verifyBook(runtime, () => {});

/** Changes rows as nobody may: the owner, with the triggers off. */
async function forge(sql: string, values: unknown[] = []): Promise<void> {
  await database.owner.query("alter table events disable trigger user");
  await database.owner.query(sql, values);
  await database.owner.query("alter table events enable trigger user");
}

test("a sound book is found sound, also while a read model is behind", async () => {
  expect(await verify()).toMatchObject({ ok: true, accounts: 3 });
  const [accountId] = history.accounts;
  if (!accountId) throw new Error("no account");
  for (let i = 0; i < 20; i++) await give(deposit(accountId, 9n), { runtime, actor: history.actor });
  expect(await verify()).toMatchObject({ ok: true, accounts: 3 });
  await runOnce(runtime);
  expect(await verify()).toMatchObject({ ok: true, accounts: 3 });
});

test.each([
  [
    "one flipped byte in an amount",
    `data = jsonb_set(data, '{amount,minorUnits}', to_jsonb(((data -> 'amount' ->> 'minorUnits')::bigint # 1)::text))`,
    "its hash",
  ],
  ["one flipped byte in the metadata", `metadata = jsonb_set(metadata, '{role}', '"teller"')`, "its hash"],
  ["one flipped byte in a hash", `hash = set_byte(hash, 7, get_byte(hash, 7) # 1)`, "its hash"],
  ["a time that goes back", `recorded_at = recorded_at - interval '1 year'`, "before its predecessor"],
  ["a number in the data", `data = jsonb_set(data, '{amount,minorUnits}', '12')`, "number"],
])("%s is found and named", async (_what, change, words) => {
  const { rows } = await database.owner.query(
    "select position, stream_id, version, data, metadata, hash, recorded_at from events where type = 'MoneyDeposited' order by position offset 120 limit 1",
  );
  const [victim] = rows;
  await forge(`update events set ${change} where position = $1`, [victim.position]);
  const verdict = await verify();
  expect(verdict).toMatchObject({
    ok: false,
    fault: expect.stringContaining(`${victim.stream_id}@${victim.version} at position ${victim.position}`),
  });
  expect(verdict).toMatchObject({ fault: expect.stringContaining(words) });
  await forge("update events set data = $2, metadata = $3, hash = $4, recorded_at = $5 where position = $1", [
    victim.position,
    victim.data,
    victim.metadata,
    victim.hash,
    victim.recorded_at,
  ]);
  expect(await verify()).toMatchObject({ ok: true });
});

test("an event taken out of the middle is found and named", async () => {
  await database.owner.query("create table taken as select * from events where position = 50");
  await forge("delete from events where position = 50");
  expect(await verify()).toMatchObject({
    ok: false,
    fault: expect.stringMatching(/position 51: the position before it is 49: 1 missing/),
  });
  await forge("insert into events select * from taken");
  await database.owner.query("drop table taken");
  expect(await verify()).toMatchObject({ ok: true });
});

test.each([
  ["account_entries", "update account_entries set balance = balance + 1 where position = 60", "account_entries, "],
  ["account_entries", "update account_entries set description = 'forged' where position = 61", "account_entries, "],
  ["account_entries", "delete from account_entries where position = 62", "missing"],
  [
    "account_balances",
    "update account_balances set balance = balance + 1 where account_id = (select min(account_id) from account_balances)",
    "balance is",
  ],
  [
    "account_balances",
    "delete from account_balances where account_id = (select min(account_id) from account_balances)",
    "the number of accounts",
  ],
  ["snapshots", `update snapshots set state = jsonb_set(state, '{balance}', '"1"') where version = 100`, "snapshots, "],
])("a change in %s is found, and a rebuild mends it: %s", async (name, change, words) => {
  await database.owner.query(change);
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringContaining(words) });
  const reader = logReaders.find((candidate) => candidate.name === name);
  if (!reader) throw new Error(`no reader ${name}`);
  const steps: bigint[] = [];
  const total = await rebuild(runtime, reader, (done) => steps.push(done));
  expect(steps.at(-1)).toBe(total);
  expect(await verify()).toMatchObject({ ok: true });
});

test.each([
  [
    "a command's row taken away",
    "delete from commands where (actor, id) in (select metadata ->> 'actor', metadata ->> 'commandId' from events where position = 60)",
    /at position 60: its command cmd_\w+ is in no row/,
  ],
  [
    "a done command that says it was refused",
    "update commands set outcome = '{\"ok\": \"no\"}' where position = 61 and outcome ->> 'ok' = 'yes'",
    /at position 61: its command cmd_\w+ was refused/,
  ],
  [
    "a refusal at a position that the log does not have",
    "update commands set position = 1000000 where ctid = (select ctid from commands where outcome ->> 'ok' = 'no' limit 1)",
    /command cmd_\w+ of usr_\w+: stands at position 1000000/,
  ],
  [
    "a refusal that says it was done",
    `update commands set outcome = '{"ok": "yes", "events": ["x@1"]}' where ctid = (select ctid from commands where outcome ->> 'ok' = 'no' limit 1)`,
    /another command's event|name \d+ events/,
  ],
  [
    "a past that is closed up to tomorrow",
    "update log_gate set not_before = now() + interval '1 day'",
    /log_gate: closes the past/,
  ],
])("%s is found and named", async (_what, change, words) => {
  await database.owner.query("create table kept_commands as select * from commands");
  await database.owner.query("alter table commands disable trigger user");
  await database.owner.query(change);
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringMatching(words) });
  await database.owner.query("delete from commands; insert into commands select * from kept_commands; drop table kept_commands");
  await database.owner.query("alter table commands enable trigger user; update log_gate set not_before = '-infinity'");
  expect(await verify()).toMatchObject({ ok: true });
});

test.each([
  [
    "a day's balance",
    "update daily_balances set balance = balance + 1 where ctid = (select ctid from daily_balances limit 1)",
    /daily_balances, acc_\w+ on \d{4}-\d\d-\d\d: is \d+ after event/,
  ],
  [
    "a day taken away",
    "delete from daily_balances where ctid = (select ctid from daily_balances limit 1)",
    /daily_balances, .*: is missing/,
  ],
  ["a line of the feed", "update activity set amount = amount + 1 where position = 70", /activity, position 70: is not what/],
  ["a line of the feed taken away", "delete from activity where position = 71", /activity, position 71: missing/],
  [
    "a line too many",
    "insert into activity select position + 1000000, account_id, version + 1000000, recorded_at, type, amount, source, currency, exponent, account_number, holders, description, actor, role from activity where position = 72",
    /the log holds no such event/,
  ],
])("%s that was changed is found and named, and made anew by a rebuild", async (_what, change, words) => {
  await database.owner.query(change);
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringMatching(words) });
  for (const reader of logReaders)
    if (["daily_balances", "activity"].includes(reader.name)) await rebuild(runtime, reader, () => {});
  expect(await verify()).toMatchObject({ ok: true });
});
