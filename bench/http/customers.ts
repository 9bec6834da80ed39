import type pg from "pg";
import type { Actor } from "@/domain/access/policy";
import type { AccountId, PartyId } from "@/domain/ids";
import { createCustomer } from "@/infra/identity/people";
import { oneLogin } from "@/infra/postgres/roles/database-roles";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { testSecrets } from "@/infra/testing/test-secrets";
import { runOnce } from "@/projections/run-once";

/** Somebody who can sign in, and what happened in their account from `firstAt` to `lastAt`. */
export type Customer = { email: string; password: string; accountId: AccountId; firstAt: Date; lastAt: Date };

const password = "nine slow herons at dusk";
const accountsEach = 2;

/** Customers with a login and two accounts each, which hold `events` each: openings, described deposits, withdrawals. The read models are level. */
export async function makeCustomers(url: string, pool: pg.Pool, { count, events }: { count: number; events: number }) {
  const runtime = createRuntime({ urls: oneLogin(url), keys: testSecrets });
  try {
    const logins: Login[] = [];
    for (let n = 0; n < count; n++) logins.push(await makeLogin(pool, n));
    const customers = await Promise.all(logins.map((login) => fillAccounts(runtime, login, events)));
    await runOnce(runtime, { eventsMax: count * accountsEach * events, msMax: 600_000 });
    return customers;
  } finally {
    await runtime.close();
  }
}

type Login = { email: string; actor: Actor & { partyId: PartyId } };

async function makeLogin(pool: pg.Pool, n: number): Promise<Login> {
  const email = `customer-${n}@bench.example`;
  const login = await createCustomer({ pool }, { email, password, name: `Customer ${n}` });
  if (!login?.partyId) throw new Error(`${email} was not made`);
  return { email, actor: { userId: login.userId, partyId: login.partyId, role: "customer", authStrength: "password" } };
}

async function fillAccounts(runtime: Runtime, { email, actor }: Login, events: number): Promise<Customer> {
  const accounts = await Promise.all(Array.from({ length: accountsEach }, () => openAccount(runtime, actor)));
  const post = async (accountId: AccountId, version: number) => {
    const command = version % 3 ? deposit(accountId, 300n, `groceries at the corner ${version}`) : withdraw(accountId, 100n);
    const { kind } = await give(command, { runtime, actor });
    if (kind !== "done") throw new Error(`a command ended ${kind}`);
  };
  for (let version = 1; version < events; version++) await Promise.all(accounts.map((accountId) => post(accountId, version)));
  const accountId = accounts[0] as AccountId;
  return { email, password, accountId, ...(await spanOf(runtime.pool, accountId)) };
}

async function spanOf(pool: pg.Pool, accountId: AccountId): Promise<{ firstAt: Date; lastAt: Date }> {
  const text = 'select min(recorded_at) as "firstAt", max(recorded_at) as "lastAt" from events where stream_id = $1';
  const [span] = (await pool.query<{ firstAt: Date; lastAt: Date }>(text, [accountId])).rows;
  if (!span) throw new Error("an account without events");
  return span;
}
