import { writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { type OperatedBank, operatedBank, refusal } from "@/cli/testing/operated-bank";
import { migrate, migrationLockKey } from "@/infra/postgres/migrate";
import { startSealer } from "@/infra/seals/sealer";
import { lacksPgbouncer, marked, type Pgbouncer, startPgbouncer } from "@/infra/testing/pgbouncer";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testSecrets } from "@/infra/testing/test-secrets";
import { until } from "@/infra/testing/until";
import { accountEntries } from "@/projections/account-entries/projection";
import { rebuildBeside } from "@/projections/rebuild-beside/rebuild-beside";
import { startRunner } from "@/projections/runner";
import type { OpenBook } from "./open-database";

// pgbouncer itself between Daybook and its database: in session mode the whole bank works, in the
// others no start gets through.

const { adminUrl } = inject("daybookTestServer");
let bank: OperatedBank;
let pooler: Pgbouncer | undefined;
const started: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  bank = await operatedBank();
  await bank.asked(`create role ${reader().name} login password 'made-by-hand'`);
});
afterEach(async () => {
  for (const { stop } of started.splice(0)) await stop();
  await bank.close();
  await pooler?.stop();
  pooler = undefined;
});

const reader = () => bank.login("reader", "made-by-hand");

async function pooled(options: Parameters<typeof startPgbouncer>[1]): Promise<Pgbouncer> {
  pooler = await startPgbouncer(adminUrl, options);
  return pooler;
}

/**
 * Two processes: commands, read models, news of what the other appended, a rebuild, seals. All of
 * it by way of the pooler.
 */
async function works(open: OpenBook): Promise<void> {
  const [one, other] = [bank.runtime(open), bank.runtime(open)];
  const heard: bigint[] = [];
  other.log.subscribe((position) => heard.push(position));
  started.push(startRunner(one), startSealer(one, path.join(bank.folder("first"), "seals.txt"), { paceMs: 0, lookMs: 20 }));
  const actor = customer();
  const accountId = await openAccount(one, actor);
  await until("the other process hears of an append", async () => {
    await give(deposit(accountId, 1n), { runtime: one, actor });
    return heard.length > 0;
  });
  expect(await give(deposit(accountId, 1n), { runtime: other, actor })).toMatchObject({ kind: "done" });
  expect(await rebuildBeside(one, accountEntries)).toMatchObject({ status: "swapped", differences: 0n });
  await until("the balance is up to date and everything is sealed", async () => {
    const rows = await bank.asked(
      `select from account_balances b, seals s where b.account_id = $1 and b.balance = (select count(*) - 1 from events where stream_id = $1)
         and s.size = (select max(position) from events)`,
      [accountId],
    );
    return rows.length > 0;
  });
  await statesItsSettings(one);
  const direct = (await bank.connections()).filter(({ application }) => application !== "" && !marked(application));
  expect(direct).toEqual([]);
  for (const { stop } of started.splice(0)) await stop();
  await Promise.all([one.close(), other.close()]);
}

async function statesItsSettings({ pool, pools }: ReturnType<OperatedBank["runtime"]>): Promise<void> {
  for (const one of [pool, ...Object.values(pools)]) {
    const { rows } = await one.query("show idle_in_transaction_session_timeout");
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: "10min" }]);
  }
}

describe.skipIf(lacksPgbouncer)("through pgbouncer with pool_mode = session", () => {
  test("DATABASE_URL direct and every login of the application through it: the bank works, again on the same connections, and verifies", async () => {
    const { through } = await pooled({ poolMode: "session" });
    const variables = { DATABASE_APP_URL: through(reader().url) };
    for (const _ of ["first start", "second start"]) await works(await bank.start(variables));
    const { code, said } = await bank.terminal(["verify"], variables);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining("Sound: ") });
  });

  test("DATABASE_URL through it as well; new passwords of the logins are given past it, and it is started again", async () => {
    const first = await pooled({ poolMode: "session" });
    const by = ({ through }: Pgbouncer) => ({
      DATABASE_URL: through(bank.ownerUrl),
      DATABASE_APP_URL: through(reader().url),
    });
    await works(await bank.start(by(first)));
    await first.stop();
    writeFileSync(path.join(bank.folder("first"), "secrets/roles"), Buffer.alloc(32, 7).toString("base64"));
    const { code, said } = await bank.terminal(["secrets", "--accept", "roles"], { DATABASE_APP_URL: reader().url });
    expect(code, said).toBe(0);
    await works(await bank.start(by(await pooled({ poolMode: "session" }))));
  });

  test("with the logins' lines of pg_authid in userlist.txt", async () => {
    await bank.start({ DATABASE_APP_URL: reader().url });
    const rows = await bank.asked<{ line: string }>(
      `select format('"%s" "%s"', rolname, rolpassword) as line from pg_authid where strpos(rolname, $1) > 0`,
      [bank.name],
    );
    const { through } = await pooled({ poolMode: "session", users: rows.map(({ line }) => line) });
    await works(await bank.start({ DATABASE_APP_URL: through(reader().url) }));
  });

  test("where it leaves the settings of a session's start aside, they are stated all the same", async () => {
    const { through } = await pooled({
      poolMode: "session",
      settings: ["ignore_startup_parameters = options,extra_float_digits"],
    });
    const open = await bank.start({ DATABASE_APP_URL: through(reader().url) });
    await statesItsSettings(bank.runtime(open));
  });

  test("where it hands on sessions as they were left, it is refused", async () => {
    const { through } = await pooled({ poolMode: "session", settings: ["server_reset_query ="] });
    expect(await refusal(bank.start({ DATABASE_APP_URL: through(reader().url) }))).toMatch(
      /^DATABASE_APP_URL leads through a pooler that hands on a session as somebody left it .*set server_reset_query = DISCARD ALL/,
    );
  });
});

describe.skipIf(lacksPgbouncer).each([
  ["transaction", []],
  ["transaction", ["server_round_robin = 1"]],
  ["transaction", ["default_pool_size = 1"]],
  ["statement", []],
  ["statement", ["server_round_robin = 1"]],
] as const)("through pgbouncer with pool_mode = %s %s", (poolMode, settings) => {
  test("a start is refused in one sentence that names the variable, and leaves nothing behind that stops the next one", async () => {
    const { through } = await pooled({ poolMode, settings });
    await warm(through(reader().url));
    await warm(through(bank.ownerUrl));
    const words = (variable: string) =>
      new RegExp(
        `^${variable} leads through a pooler that changes the connection between transactions [^.]*set pool_mode = session[^.]*\\.$`,
      );
    expect(await refusal(bank.start({ DATABASE_URL: through(bank.ownerUrl) }))).toMatch(words("DATABASE_URL"));
    expect(await refusal(bank.start({ DATABASE_APP_URL: through(reader().url) }))).toMatch(words("DATABASE_APP_URL"));
    const writer = bank.login("writer", "made-by-hand");
    await bank.asked(`create role ${writer.name} login password 'made-by-hand'`);
    expect(await refusal(bank.start({ DATABASE_WRITER_URL: through(writer.url) }))).toMatch(words("DATABASE_WRITER_URL"));
    expect((await bank.start()).protection).toBe("roles and triggers");
  });
});

describe.skipIf(lacksPgbouncer)("a lock of migrations that another program left on a pooled connection", () => {
  test("does not hang the next start: it is told who holds it", async () => {
    const { through } = await pooled({ poolMode: "transaction" });
    const client = new pg.Client({ connectionString: through(bank.ownerUrl), application_name: "an older start" });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid from pg_advisory_lock($1)", [
      migrationLockKey,
    ]);
    await client.end();
    const start = migrate(bank.ownerUrl, { book: { keys: testSecrets }, waitMsMax: 200 });
    expect(await refusal(start)).toContain(`held by process ${rows[0]?.pid} of the database`);
  });
});

/** Several connections of the pooler's own are open then, and it may hand on any of them. */
async function warm(url: string): Promise<void> {
  const clients = Array.from({ length: 4 }, () => new pg.Client({ connectionString: url, application_name: "warm" }));
  await Promise.all(clients.map((client) => client.connect()));
  await Promise.all(clients.map((client) => client.query("select pg_sleep(0.05)")));
  await Promise.all(clients.map((client) => client.end()));
}
