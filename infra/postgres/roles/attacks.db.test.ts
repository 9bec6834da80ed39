import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { type OwnBook, ownBook } from "@/infra/testing/own-book";
import { testRoles } from "@/infra/testing/template";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testSecrets } from "@/infra/testing/test-secrets";
import { createClient, createPool } from "../connect";
import { migrate } from "../migrate";
import { type DatabaseRole, databaseRoles } from "./database-roles";

// What somebody tries who has got hold of one login: by an injected statement, a leaked URL, or code in the process.

let book: OwnBook;
let accountId: AccountId;
beforeAll(async () => {
  book = await ownBook();
  const runtime = book.runtime();
  const actor = customer();
  accountId = await openAccount(runtime, actor);
  await give(deposit(accountId, 5n, "rent"), { runtime, actor });
});
afterAll(() => book.close());

async function tryAs(role: DatabaseRole, sql: string, url = book.urls[role]): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(`begin; ${sql}; rollback`);
    return "allowed";
  } catch (error) {
    const { code } = error as { code?: string };
    return code ?? String(error);
  } finally {
    await client.end().catch(() => {});
  }
}

const forged = `'[{"s":"acc_x","v":1,"t":"MoneyDeposited","sv":1,"d":{},"m":{},"e":null,"h":"${"ab".repeat(32)}"}]'`;

/** Each attack, and who has the right by their work. */
const attacks: [what: string, sql: string, mayByWork: readonly DatabaseRole[]][] = [
  ["mint money", `select append_events(${forged}, '[]', '[]', '[]', null, null, now())`, ["writer"]],
  ["stop the bank at its gate", "select hold_gate()", ["writer"]],
  ["lock the gate by hand", "select from log_gate for update", []],
  ["close the past", "select close_past('infinity')", ["writer"]],
  ["use up the account numbers", "select setval('account_numbers', 9999999999)", []],
  ["write an event by hand", "insert into events select * from events", []],
  ["forge a command's row", "insert into commands select * from commands", []],
  ["import events", "select import_events('[]', '[]', '[]', '[]', null, null, null)", []],
  ["promote a login", "update users set role = 'teller'", ["identity"]],
  ["make a session", "insert into sessions (id, user_id, token, expires_at) values ('s', 'u', 't', now())", ["identity"]],
  ["read credentials", "select from credentials", ["identity"]],
  ["change credentials", "update credentials set password = 'x'", ["identity"]],
  ["read one-time links", "select from verifications", ["identity"]],
  ["lock the logins", "lock table users", ["identity"]],
  ["delete the security log", "delete from security_log", []],
  ["change the security log", "update security_log set kind = 'sign_in'", []],
  ["empty the security log", "truncate security_log", []],
  ["read the security log", "select from security_log", []],
  ["destroy an account's key", "update account_keys set wrapped = null", []],
  ["destroy it by the function", "select erase_account_key('acc_x')", []],
  ["delete keys", "delete from account_keys", []],
  ["rewrite balances", "update account_balances set balance = 1", ["projector"]],
  [
    "swap in an empty read model",
    "select prepare_shadow('account_balances', '{}'), swap_shadow('account_balances')",
    ["projector"],
  ],
  ["spoil snapshots", "update snapshots set state = '{}'", ["projector"]],
  ["say that the book is sound", "update book_verifications set sound = true", []],
  [
    "add that the book is sound",
    "insert into book_verifications (finished_at, took_ms, sound, head, sealed) values (now(), 1, true, 1, 1)",
    ["sealer"],
  ],
  ["read the marks of the secrets", "select from secret_marks", []],
  ["lower the schema's floor", "update book_schema set floor = 0", []],
  ["make a temporary table", "create temporary table x ()", []],
  ["make a table", "create table x ()", []],
  ["make a schema", "create schema x", []],
  ["make a function", "create function f() returns int language sql as 'select 1'", []],
  ["store a large object", "select lo_from_bytea(0, 'x')", []],
  ["make a large object", "select lo_create(0)", []],
  ["hold the lock of migrations", "select pg_advisory_xact_lock(1)", ["projector", "sealer"]],
  ["take on another role", "set role daybook_faults_writer", ["writer"]],
  ["take on the owner's role", "set role daybook", []],
  ["make a role", "create role x", []],
  ["change another role", "alter role daybook_faults_writer password 'x'", ["writer"]],
  ["switch triggers off", "set session_replication_role = replica", []],
  ["drop a trigger", "drop trigger events_append_only on events", []],
  ["read a file", "select pg_read_file('PG_VERSION')", []],
  ["run a program", "copy (select 1) to program 'true'", []],
  ["read passwords", "select from pg_authid", []],
  ["end another's connection", "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'daybook'", []],
];

describe.each(attacks)("%s", (_, sql, mayByWork) => {
  test("is refused to everybody whose work it is not", async () => {
    for (const role of databaseRoles) {
      const outcome = await tryAs(role, sql);
      if (mayByWork.includes(role)) expect(["allowed", "DB005", "23503"], `${role}: ${outcome}`).toContain(outcome);
      else expect(outcome, role).toMatch(/^(42501|0LP01|DB001)$/);
    }
  });
});

test.each(["template1"])("no login can even enter %s", async (database) => {
  for (const role of databaseRoles) {
    const url = Object.assign(new URL(book.urls[role]), { pathname: `/${database}` }).href;
    expect(await tryAs(role, "select 1", url), role).toBe("42501");
  }
});

const spoilt = [
  ["statement_timeout", "1"],
  ["lock_timeout", "1"],
  ["idle_in_transaction_session_timeout", "1"],
  ["idle_session_timeout", "1"],
  ["search_path", "nowhere"],
  ["default_transaction_read_only", "on"],
  ["default_transaction_isolation", "serializable"],
  ["DateStyle", "SQL, DMY"],
  ["TimeZone", "Asia/Kathmandu"],
  ["bytea_output", "escape"],
  ["transform_null_equals", "on"],
  ["local_preload_libraries", "nothing_there"],
  ["jit", "on"],
] as const;

test("defaults that a role gives itself change nothing for the bank's connections, and the next start takes them back", async () => {
  for (const role of databaseRoles) {
    const own = createClient(book.urls[role], "attacker");
    await own.connect();
    for (const [name, value] of spoilt) {
      await own.query(`alter role current_user set ${name} = '${value}'`);
      await own.query(`alter role current_user in database postgres set ${name} = '${value}'`);
    }
    await own.end();
    const pool = createPool(book.urls[role]);
    const { rows } = await pool.query(
      "select current_setting('TimeZone') as zone, current_setting('jit') as jit, count(*)::int as books from book, pg_sleep(0.05)",
    );
    expect(rows, role).toEqual([{ zone: "UTC", jit: "off", books: 1 }]);
    await pool.end();
  }
  const { logins } = testRoles(book.postgres.ownerUrl, "daybook_faults");
  await migrate(book.postgres.ownerUrl, { book: { keys: testSecrets }, roles: { logins, alone: true } });
  expect(
    await book.asOwner(
      "select from pg_db_role_setting s join pg_roles r on r.oid = s.setrole where r.rolname like 'daybook_faults_%'",
    ),
  ).toEqual([]);
});

test("a password that a role gives itself is good again after the next start", async () => {
  const own = createClient(book.urls.reader, "attacker");
  await own.connect();
  await own.query("alter role current_user password 'mine'");
  expect(await tryAs("reader", "select 1")).toBe("28P01");
  const { logins } = testRoles(book.postgres.ownerUrl, "daybook_faults");
  await migrate(book.postgres.ownerUrl, { book: { keys: testSecrets }, roles: { logins, alone: true } });
  expect(await tryAs("reader", "select 1")).toBe("allowed");
  await own.end();
});

test("what a start could not take from PUBLIC it names", async () => {
  await book.asOwner("grant temporary on database template1 to public; grant connect on database template1 to public");
  const { logins } = testRoles(book.postgres.ownerUrl, "daybook_faults");
  const { open } = await migrate(book.postgres.ownerUrl, { book: { keys: testSecrets }, roles: { logins, alone: false } });
  expect(open).toEqual(["connections to other databases (template1)"]);
});
