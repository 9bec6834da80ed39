import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { currentSession } from "@/infra/identity/current-session";
import { hashedSessionTokens } from "@/infra/identity/hashed-session-tokens";
import { createCustomer } from "@/infra/identity/people";
import { sessionInOneQuery } from "@/infra/identity/session-in-one-query";
import { sessions } from "@/infra/identity/sessions.table";
import { signIn } from "@/infra/identity/sign-in";
import { type TestIdentity, testIdentity, withCookies } from "@/infra/identity/test-identity";
import { users } from "@/infra/identity/users.table";

const login = { email: "ada@example.org", password: "a lantern on the quay" };
let bank: TestIdentity;
let headers: Headers;
const statements: unknown[] = [];

beforeAll(async () => {
  bank = await testIdentity();
  await createCustomer(bank.identity, { ...login, name: "Ada Byron" });
  const outcome = await signIn(bank.identity, { ...login, address: "203.0.113.9", headers: new Headers() });
  if (outcome.kind !== "signed_in") throw new Error(outcome.kind);
  headers = withCookies(outcome.setCookies);
  const { pool } = bank.identity;
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown;
  const noted = (...args: unknown[]) => {
    statements.push(args[0]);
    return query(...args);
  };
  Object.assign(pool, { query: noted });
});
beforeEach(() => statements.splice(0));
afterAll(() => bank.drop());

const current = () => currentSession(bank.identity, headers, { activity: true });

test("who is signed in is one prepared statement", async () => {
  expect((await current())?.actor.role).toBe("customer");
  expect(statements).toMatchObject([{ name: "session_with_user" }]);
});

test("it answers what better-auth's own two queries answer, and every other question is theirs", async () => {
  const { options } = bank.identity.auth;
  const db = drizzle({ client: bank.identity.pool });
  const inner = drizzleAdapter(db, { provider: "pg", schema: { session: sessions, user: users } });
  const [theirs, ours] = [
    hashedSessionTokens(inner)(options),
    hashedSessionTokens(sessionInOneQuery(inner, bank.identity.pool))(options),
  ];
  const token = decodeURIComponent(headers.get("cookie")?.split("=")[1] ?? "").split(".")[0] ?? "";
  const byToken = { model: "session", where: [{ field: "token", value: token }] };

  const found = await ours.findOne({ ...byToken, join: { user: true } });
  expect(found).toEqual(await theirs.findOne({ ...byToken, join: { user: true } }));
  expect(found).toMatchObject({ token, user: { email: login.email } });
  expect(statements).toHaveLength(3);

  expect(await ours.findOne(byToken)).toEqual(await theirs.findOne(byToken));
  expect(await ours.findOne({ ...byToken, where: [{ field: "token", value: "another" }], join: { user: true } })).toBeNull();
});

test("a changed role and an ended session are so at the next request", async () => {
  await bank.db.owner.query("update users set role = 'auditor'");
  expect((await current())?.actor.role).toBe("auditor");
  await bank.db.owner.query("delete from sessions");
  expect(await current()).toBeNull();
});
