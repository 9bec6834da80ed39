import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import pg from "pg";
import { expect, test } from "vitest";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { until } from "@/infra/testing/until";

// Whoever freezes while it holds the gate stops the bank, but not for long (log-review §1.7).

const { database, runtime } = await testRuntime();
const actor = customer();

/** Messages of the wire protocol, one by one, below what `pg` does for a query. */
type Wire = {
  parse(message: { name: string; text: string; types: readonly number[] }): void;
  bind(message: { portal: string; statement: string; values: readonly unknown[] }): void;
  execute(message: { portal: string; rows: number }): void;
  flush(): void;
};

/** Sends Execute for a statement that takes the gate, and never the Sync that would end its transaction. */
async function holdWithoutSync(client: pg.Client): Promise<void> {
  const wire = (client as unknown as { connection: Wire }).connection;
  wire.parse({ name: "", text: "select hold_gate()", types: [] });
  wire.bind({ portal: "", statement: "", values: [] });
  wire.execute({ portal: "", rows: 0 });
  wire.flush();
  await until("the gate is held", async () => {
    const { rowCount } = await database.owner.query(
      `select from pg_locks l join pg_stat_activity a using (pid) where l.relation = 'log_gate'::regclass and l.mode = 'RowShareLock'
          and a.datname = current_database() and a.application_name = 'frozen' and a.wait_event = 'ClientRead'`,
    );
    return rowCount === 1;
  });
}

async function frozenClient(settings: readonly string[]): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.urls.writer, application_name: "frozen" });
  client.on("error", () => {}); // it is ended from outside, which is the point
  await client.connect();
  for (const setting of settings) await client.query(setting);
  return client;
}

test("Execute sent and Sync withheld: whoever waits for the gate ends the connection that holds it, and the command is done", async () => {
  const accountId = await openAccount(runtime, actor);
  const frozen = await frozenClient(["set statement_timeout = 500", "set idle_in_transaction_session_timeout = 500"]); // neither helps
  const ended = new Promise((resolve) => frozen.once("end", resolve));
  await holdWithoutSync(frozen);
  expect(await give(deposit(accountId, 4n), { runtime, actor })).toMatchObject({ kind: "done" });
  await ended;
});

test("from PostgreSQL 17 on, a writer that froze there is ended by its own transaction timeout", async () => {
  const accountId = await openAccount(runtime, actor);
  const { rows } = await database.owner.query<{ n: number }>("select current_setting('server_version_num')::int as n");
  const limits = (rows[0]?.n ?? 0) >= 170_000;
  const frozen = await frozenClient(limits ? ["set transaction_timeout = 500"] : []);
  const ended = new Promise((resolve) => frozen.once("end", resolve));
  await holdWithoutSync(frozen);
  if (limits) await ended;
  expect(await give(deposit(accountId, 4n), { runtime, actor })).toMatchObject({ kind: "done" });
  await ended;
});

test("a process that is frozen in the middle of the fallback gives the gate back; woken, its command is done once", async () => {
  const accountId = await openAccount(runtime, actor);
  const child = spawn(process.execPath, ["--import", "tsx", "infra/testing/frozen-fallback-process.ts"], {
    env: {
      ...process.env,
      FALLBACK_PROCESS_URLS: JSON.stringify(database.urls),
      FALLBACK_PROCESS_ACCOUNT: accountId,
      FALLBACK_PROCESS_ACTOR: JSON.stringify(actor),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const said: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => said.push(line));
    await until("it holds the gate", () => said.length === 1);
    expect(await give(deposit(accountId, 4n), { runtime, actor })).toMatchObject({ kind: "done" });
    child.kill("SIGCONT");
    await until("it is done", () => said.length === 2);
    expect(said).toEqual(["holds the gate", "done"]);
    const { rows } = await database.pool.query(
      "select version, data -> 'amount' ->> 'minorUnits' as amount from events where stream_id = $1 and version > 1 order by version",
      [accountId],
    );
    expect(rows).toEqual([
      { version: 2, amount: "4" },
      { version: 3, amount: "7" },
    ]);
  } finally {
    child.kill("SIGKILL");
  }
});
