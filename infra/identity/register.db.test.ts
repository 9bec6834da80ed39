import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { currentSession } from "@/infra/identity/current-session";
import { createCustomer } from "@/infra/identity/people";
import { register, registrationInput } from "@/infra/identity/register";
import { emptied, securityKinds, type TestIdentity, testIdentity, withCookies } from "@/infra/identity/test-identity";

const password = "heron pebble violin";
let bank: TestIdentity;

beforeAll(async () => {
  bank = await testIdentity();
});
beforeEach(async () => {
  await emptied(bank, "users, parties, sign_in_attempts, security_log");
});
afterAll(() => bank.drop());

const registerAs = (email: string, secret = password) =>
  register(bank.identity, { email, name: "Ada Byron", password: secret, address: "203.0.113.9", headers: new Headers() });
const counts = async () => {
  const { rows } = await bank.db.owner.query<{ users: bigint; parties: bigint; credentials: bigint }>(
    "select (select count(*) from users) users, (select count(*) from parties) parties, (select count(*) from credentials) credentials",
  );
  return rows[0];
};

test("registration makes a party and a customer's login, and signs in", async () => {
  const outcome = await registerAs("ada@example.org");
  if (outcome.kind !== "registered") throw new Error(outcome.kind);
  const session = await currentSession(bank.identity, withCookies(outcome.setCookies), { activity: true });
  expect(session?.actor.role).toBe("customer");
  const { rows } = await bank.db.owner.query("select name from parties where id = $1", [session?.actor.partyId]);
  expect(rows).toEqual([{ name: "Ada Byron" }]);
  expect(await securityKinds(bank)).toEqual(["registered"]);
});

test("a taken address, in whatever case, leaves nothing behind, also when two come at once", async () => {
  const outcomes = await Promise.all([
    registerAs("ada@example.org"),
    registerAs("ada@example.org"),
    registerAs("ada@example.org"),
  ]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["registered", "taken", "taken"]);
  expect(await createCustomer(bank.identity, { email: " ADA@example.org", password, name: "Other" })).toBeUndefined();
  expect(await counts()).toEqual({ users: 1n, parties: 1n, credentials: 1n });
});

test("a weak password is refused before anything is made or counted", async () => {
  expect(await registerAs("ada@example.org", "password1234")).toEqual({ kind: "weak", problem: { code: "common" } });
  expect(await counts()).toEqual({ users: 0n, parties: 0n, credentials: 0n });
});

test("nobody registers as anything but a customer: a role in the form is refused", () => {
  expect(registrationInput.safeParse({ name: "A", email: "a@example.org", password, role: "teller" }).success).toBe(false);
});

test("the database itself refuses a customer without a party, and a second login with another spelling", async () => {
  const insert = (id: string, email: string, role: string) =>
    bank.db.owner.query("insert into users (id, email, name, role) values ($1, $2, 'x', $3)", [id, email, role]);
  await expect(insert("usr_1", "x@example.org", "customer")).rejects.toThrow("users_customer_has_party");
  await expect(insert("usr_2", "X@example.org", "teller")).rejects.toThrow("users_email_lower");
  await expect(insert("usr_3", "x@example.org", "root")).rejects.toThrow("users_role");
});

test("one address cannot register without end", async () => {
  await bank.db.owner.query(
    "insert into sign_in_attempts values ('register:203.0.113.9', 11, now(), now() + interval '2 minutes')",
  );
  expect((await registerAs("ada@example.org")).kind).toBe("throttled");
  expect(await securityKinds(bank)).toEqual(["registration_throttled"]);
});
