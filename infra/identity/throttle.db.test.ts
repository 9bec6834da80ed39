import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { signInAttempt } from "@/infra/identity/attempts";
import { createCustomer } from "@/infra/identity/people";
import { signIn } from "@/infra/identity/sign-in";
import { securityKinds, type TestIdentity, testIdentity } from "@/infra/identity/test-identity";
import { admit, forgive } from "@/infra/identity/throttle";

const password = "a lantern on the quay";
let bank: TestIdentity;

beforeAll(async () => {
  bank = await testIdentity();
  await createCustomer(bank.identity, { email: "ada@example.org", password, name: "Ada Byron" });
});
beforeEach(async () => {
  await bank.db.owner.query("truncate sign_in_attempts, security_log");
});
afterAll(() => bank.drop());

const tryAs = (email: string, text: string, address: string) =>
  signIn(bank.identity, { email, password: text, address, headers: new Headers() });
const waits = async (key: string, free: number, waitSecondsMax: number) => {
  const { rows } = await bank.db.owner.query<{ seconds: number }>(
    "select round(extract(epoch from blocked_until - last_at))::int seconds from sign_in_attempts where key = $1",
    [key],
  );
  await bank.db.owner.query("update sign_in_attempts set blocked_until = now() where key = $1", [key]);
  await admit(bank.identity.pool, [{ key, free, waitSecondsMax }]);
  return rows[0]?.seconds;
};

test("after the free tries a login must wait, an unknown one just the same, even with the right password from elsewhere", async () => {
  for (const email of ["ada@example.org", "nobody@example.org"]) {
    for (let i = 0; i < 5; i++) expect((await tryAs(email, "a wrong password", `203.0.113.${i}`)).kind).toBe("wrong");
    expect(await tryAs(email, password, "203.0.113.99")).toEqual({ kind: "throttled", waitSeconds: 1 });
  }
  expect((await securityKinds(bank)).filter((kind) => kind === "sign_in_throttled")).toHaveLength(2);
});

test("the wait doubles, and has an end that it never passes", async () => {
  const seen: (number | undefined)[] = [];
  await admit(bank.identity.pool, [{ key: "k", free: 2, waitSecondsMax: 10 }]);
  for (let i = 0; i < 8; i++) seen.push(await waits("k", 2, 10));
  expect(seen).toEqual([0, 1, 2, 4, 8, 10, 10, 10]);
});

test("a refused try counts for nothing, so trying on does not lengthen the wait", async () => {
  const one = { key: "k", free: 1, waitSecondsMax: 60 };
  await admit(bank.identity.pool, [one]);
  await admit(bank.identity.pool, [one]);
  await admit(bank.identity.pool, [one]);
  const { rows } = await bank.db.owner.query("select failures from sign_in_attempts");
  expect(rows).toEqual([{ failures: 2 }]);
});

test("tries in parallel cannot slip through together", async () => {
  const results = await Promise.all(
    Array.from({ length: 20 }, () => admit(bank.identity.pool, [{ key: "k", free: 5, waitSecondsMax: 60 }])),
  );
  expect(results.filter(({ admitted }) => admitted)).toHaveLength(5);
});

test("an address that tries many logins must wait, and its block takes no try from a login", async () => {
  const { address, login } = signInAttempt(bank.identity.hmacKey, "ada@example.org", "203.0.113.9");
  await bank.db.owner.query("insert into sign_in_attempts values ($1, 40, now(), now() + interval '1 minute')", [address.key]);
  expect((await tryAs("ada@example.org", password, "203.0.113.9")).kind).toBe("throttled");
  expect((await bank.db.owner.query("select from sign_in_attempts where key = $1", [login.key])).rowCount).toBe(0);
  expect((await tryAs("ada@example.org", password, "203.0.113.10")).kind).toBe("signed_in");
});

test("a good sign-in clears its login, and gives its address back one try, not all", async () => {
  const { address, login } = signInAttempt(bank.identity.hmacKey, "ada@example.org", "203.0.113.9");
  for (let i = 0; i < 4; i++) await tryAs(i % 2 ? "ada@example.org" : "nobody@example.org", "a wrong password", "203.0.113.9");
  await tryAs("ada@example.org", password, "203.0.113.9");
  const { rows } = await bank.db.owner.query("select key, failures from sign_in_attempts where key = any($1)", [
    [address.key, login.key],
  ]);
  expect(rows).toEqual([{ key: address.key, failures: 4 }]);
});

test("tries are forgotten after an hour without any", async () => {
  const one = { key: "k", free: 1, waitSecondsMax: 60 };
  await admit(bank.identity.pool, [one]);
  await bank.db.owner.query("update sign_in_attempts set failures = 30, last_at = now() - interval '61 minutes'");
  expect(await admit(bank.identity.pool, [one])).toEqual({ admitted: true });
  expect((await bank.db.owner.query("select failures from sign_in_attempts")).rows).toEqual([{ failures: 1 }]);
  await forgive(bank.identity.pool, { cleared: ["k"], returned: [] });
});

test("neighbours in one IPv6 network count as one address", () => {
  const keyOf = (address: string) => signInAttempt(bank.identity.hmacKey, "x", address).address.key;
  expect(keyOf("2001:db8:1:2::1")).toBe(keyOf("2001:db8:1:2:ffff::9"));
  expect(keyOf("2001:db8:1:2::1")).not.toBe(keyOf("2001:db8:1:3::1"));
});
