import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import { newUserId } from "@/infra/ids";
import { transaction } from "@/infra/postgres/transaction";
import { readableOnly } from "@/infra/rows/unreadable-row";
import { customer, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountForViewer, accountsFor } from "./account-balances/queries";
import { entriesPage } from "./account-entries/queries";
import { runOnce } from "./run-once";
import { makeHistory, type TestHistory } from "./test-history";

const { database, runtime } = await testRuntime();
let history: TestHistory;
const stranger = customer();
const auditor: Actor = { userId: newUserId(), partyId: null, role: "auditor", authStrength: "password" };

beforeAll(async () => {
  history = await makeHistory(runtime, { accounts: 7, commands: 300, seed: 5 });
  await openAccount(runtime, stranger);
  await database.owner.query("insert into parties (id, kind, name) values ($1, 'person', 'Ada 100%')", [history.actor.partyId]);
  await runOnce(runtime);
});

async function everyAccount(actor: Actor, sort: "activity" | "number", search?: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const page = await accountsFor(runtime.pool, actor, { sort, limit: 3, cursor, search });
    ids.push(...readableOnly(page.accounts).map(({ accountId }) => accountId));
    cursor = page.next;
  }
  return ids;
}

test("a list holds each account that its viewer may see once, in either order", async () => {
  for (const sort of ["activity", "number"] as const) {
    expect((await everyAccount(history.actor, sort)).sort()).toEqual([...history.accounts].sort());
    expect(await everyAccount(auditor, sort)).toHaveLength(8);
    expect(await everyAccount(stranger, sort)).toHaveLength(1);
    expect(await everyAccount({ ...auditor, role: "operator" }, sort)).toEqual([]);
    expect(await everyAccount({ ...auditor, role: "teller", partyId: history.actor.partyId }, sort)).toHaveLength(1);
  }
});

test("staff find an account by number or by a holder's name; a percent sign is a percent sign", async () => {
  const [account] = readableOnly((await accountsFor(runtime.pool, auditor, { sort: "number", limit: 1 })).accounts);
  if (!account) throw new Error("no account");
  expect(await everyAccount(auditor, "number", account.accountNumber.slice(0, 6).toLowerCase())).toContain(account.accountId);
  expect(await everyAccount(auditor, "number", "ada 100%")).toHaveLength(7);
  expect(await everyAccount(auditor, "number", "ada 1%0")).toEqual([]);
});

test("somebody else's account and its entries are not there", async () => {
  const [accountId] = history.accounts;
  if (!accountId) throw new Error("no account");
  expect(await accountForViewer(runtime.pool, stranger, accountId)).toBeUndefined();
  expect(await entriesPage(runtime.pool, stranger, accountId, { limit: 5 })).toBeUndefined();
  const own = await accountForViewer(runtime.pool, history.actor, accountId);
  expect(own?.freshness.position).toBe(own?.freshness.headPosition);
});

test("entries page by key, newest first, and each carries the balance that the next one started from", async () => {
  const [accountId] = history.accounts;
  if (!accountId) throw new Error("no account");
  const entries = [];
  for (let before: number | undefined | null; before !== null; ) {
    const page = await entriesPage(runtime.pool, history.actor, accountId, { limit: 7, before });
    if (!page) throw new Error("not visible");
    entries.push(...readableOnly(page.entries));
    before = page.next;
  }
  const account = await accountForViewer(runtime.pool, history.actor, accountId);
  expect(entries[0]?.balance).toBe(account?.balance);
  expect(entries.map(({ version }) => version)).toEqual(entries.map((_, i) => entries.length - i));
  for (const [i, { balance, amount }] of entries.entries()) expect(balance - amount).toBe(entries[i + 1]?.balance ?? 0n);
  const fromBeyond = await entriesPage(runtime.pool, history.actor, accountId, { limit: 7, before: 2 ** 31 - 1 });
  expect(fromBeyond?.entries).toEqual(entries.slice(0, 7));
  expect(await entriesPage(runtime.pool, history.actor, accountId, { limit: 7, before: 1 })).toEqual({ entries: [], next: null });
});

test("a page of a busy account reads its own entries and no others, whichever plan was kept", async () => {
  const [, accountId] = history.accounts;
  if (!accountId) throw new Error("no account");
  await database.owner.query(
    `insert into account_entries select account_id, n, n, recorded_at, effective_at, type, amount, balance, description, command_id, actor
       from account_entries, generate_series(1000001, 1005000) n where account_id = $1 and version = 1`,
    [accountId],
  );
  await database.owner.query("analyze account_entries");
  for (const mode of ["force_generic_plan", "force_custom_plan"]) {
    const read = await transaction(runtime.pool, async (client) => {
      await client.query(`set local plan_cache_mode = ${mode}`);
      const before = await rowsRead(client);
      const page = await entriesPage(client, history.actor, accountId, { limit: 40 });
      expect(page?.entries).toHaveLength(40);
      return (await rowsRead(client)) - before;
    });
    expect(read).toBeLessThan(50n);
  }
});

/** Of the entries, by this connection. */
async function rowsRead(client: pg.PoolClient): Promise<bigint> {
  const { rows } = await client.query<{ read: bigint }>(
    "select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'account_entries'",
  );
  return rows[0]?.read ?? 0n;
}
