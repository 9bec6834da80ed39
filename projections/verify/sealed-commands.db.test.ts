import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { AccountId, CommandId } from "@/domain/ids";
import { newCommandId } from "@/infra/ids";
import { sealOnce } from "@/infra/seals/seal-once";
import { sealStanding } from "@/infra/seals/seal-standing";
import { customer, deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { runOnce } from "../run-once";
import { verifyBook } from "./verify-book";

// Of every command, done or refused, every column is what it was when it was sealed, or verify says in which seal it is not.
const { database, runtime } = await testRuntime();
const folder = mkdtempSync(path.join(tmpdir(), "daybook-sealed-commands-"));
const sealFile = path.join(folder, "seals.txt");
const actor = customer();
const done = newCommandId();
const refused = newCommandId();
let accountId: AccountId;

beforeAll(async () => {
  accountId = await openAccount(runtime, actor);
  await seal();
  await give(deposit(accountId, 500n, "rent"), { runtime, actor, commandId: done });
  await give(withdraw(accountId, 900n), { runtime, actor, commandId: refused });
  await give(deposit(accountId, 1n), { runtime, actor });
  await seal();
  await runOnce(runtime);
  await database.owner.query("alter table commands disable trigger user; alter table seals disable trigger user");
  await database.owner.query("create table kept as select * from commands");
});
afterEach(async () => {
  await database.owner.query("delete from commands; insert into commands select * from kept");
  expect(await verify()).toMatchObject({ ok: true, commands: { checked: 4n, sealed: 4n } });
});
afterAll(() => rmSync(folder, { recursive: true }));

const seal = () => sealOnce({ pool: database.pools.sealer, keys: testSecrets, file: sealFile });
const verify = () => verifyBook(runtime, () => {}, { sealFile });

async function faultAfter(sql: string, commandId: CommandId): Promise<string> {
  expect((await database.owner.query(sql, [commandId])).rowCount).toBe(1);
  const verdict = await verify();
  return verdict.ok ? "none" : verdict.fault;
}

const changes: Record<string, string> = {
  actor: "actor = actor || 'x'",
  id: "id = id || 'x'",
  type: "type = 'CloseAccount'",
  account_ids: "account_ids = account_ids || '{acc_x}'::text[]",
  input: `input = jsonb_set(input, '{more}', '"1"')`,
  outcome: `outcome = jsonb_set(outcome, '{more}', '"1"')`,
  position: "position = position - 1",
  versions: `versions = '{"acc_x": "7"}'`,
  context: `context = '{"role": "teller"}'`,
  decided_at: "decided_at = decided_at - interval '1 ms'",
  recorded_at: "recorded_at = recorded_at + interval '1 ms'",
};
const sealed =
  /^the seal over 3 events: it covers 4 commands, and of those decided at positions 1 to 3 one is not what was sealed$/;

test.each(Object.entries(changes))(
  "a refused command of which somebody changed %s is missed by its seal",
  async (_column, set) => {
    expect(await faultAfter(`update commands set ${set} where id = $1`, refused)).toMatch(sealed);
  },
);

test.each(Object.entries(changes))("a done command of which somebody changed %s is found", async (_column, set) => {
  const found = await faultAfter(`update commands set ${set} where id = $1`, done);
  expect(sealed.test(found) || found.includes(`its command ${done}`)).toBe(true);
});

test("every column of a command is changed above", async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = 'commands'",
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(changes).sort());
});

test("a refused command taken away, put in, or put in another's place is missed by its seal", async () => {
  expect(await faultAfter("delete from commands where id = $1", refused)).toMatch(sealed);
  await database.owner.query("insert into commands select * from kept where id = $1", [refused]);
  const copy = 'insert into commands select (jsonb_populate_record(c, \'{"id": "cmd_x"}\')).* from commands c where c.id = $1';
  expect(await faultAfter(copy, refused)).toMatch(sealed);
});

test.each([
  ["type", "type = 'WithdrawMoney'", "asked for something else"],
  ["amount", `input = jsonb_set(input, '{amount,minorUnits}', '"501"')`, "was about another amount"],
  ["text", "input = input - 'description'", "had another text"],
  ["account", `input = jsonb_set(input, '{accountId}', '"acc_x"')`, "was for another account"],
])("of a done command, another %s is named by its event, sealed or not", async (_what, set, words) => {
  const found = await faultAfter(`update commands set ${set} where id = $1`, done);
  expect(found).toBe(`event ${accountId}@2 at position 2: its command ${done} ${words}, says its row`);
});

test("what was refused since the last sealed event is counted as not sealed, and sealed with the next event", async () => {
  await database.owner.query("delete from kept; insert into kept select * from commands");
  await give(withdraw(accountId, 10_000n), { runtime, actor });
  await seal();
  expect(await verify()).toMatchObject({ ok: true, commands: { checked: 5n, sealed: 4n } });
  expect(await sealStanding(database.pool)).toMatchObject({ unsealed: 0n, unsealedCommands: { count: 1n, orMore: false } });
  await database.owner.query("delete from commands where position = 3 and outcome ->> 'ok' = 'no'"); // as if it had not been asked
});
