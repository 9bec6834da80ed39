import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { signInAttempt } from "@/infra/identity/attempts";
import { createCustomer } from "@/infra/identity/people";
import { signIn } from "@/infra/identity/sign-in";
import { emptied, securityKinds, type TestIdentity, testIdentity } from "@/infra/identity/test-identity";
import { admit, forgive } from "@/infra/identity/throttle";
import type { Counted } from "@/infra/identity/throttle-rules";

const password = "a lantern on the quay";
let bank: TestIdentity;

beforeAll(async () => {
  bank = await testIdentity();
  await createCustomer(bank.identity, { email: "ada@example.org", password, name: "Ada Byron" });
});
beforeEach(async () => {
  await emptied(bank, "sign_in_attempts, security_log");
});
afterAll(() => bank.drop());

const tryAs = (email: string, text: string, address: string, at?: Date) =>
  signIn(bank.identity, { email, password: text, address, headers: new Headers(), ...(at && { at }) });
const gate = (key: string, free: number): Counted => ({ kind: "gate", key, free, waitSecondsMax: 60 });
const rowsOf = async (keys: readonly string[]) => {
  const { rows } = await bank.db.owner.query<{ key: string; failures: number }>(
    "select key, level as failures from sign_in_attempts where key = any($1) order by key",
    [keys],
  );
  return rows;
};

test("after the free tries from one network it must wait, at an unknown login just the same, even with the right password", async () => {
  const at = new Date();
  for (const email of ["ada@example.org", "nobody@example.org"]) {
    for (let i = 0; i < 5; i++) expect((await tryAs(email, "a wrong password", `203.0.113.${i}`, at)).kind).toBe("wrong");
    expect(await tryAs(email, password, "203.0.113.99", at)).toEqual({ kind: "throttled", waitSeconds: 1 });
  }
  expect((await securityKinds(bank)).filter((kind) => kind === "sign_in_throttled")).toHaveLength(2);
});

test("40 tries from one IPv6 /48 are not 40 guesses", async () => {
  const at = new Date();
  const kinds: string[] = [];
  for (let i = 0; i < 40; i++)
    kinds.push((await tryAs("ada@example.org", "a wrong guess", `2001:db8:1:${i.toString(16)}::9`, at)).kind);
  expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(5);
});

test("a refused try counts for nothing", async () => {
  for (let i = 0; i < 4; i++) await admit(bank.identity.pool, [gate("k", 1)]);
  expect(await rowsOf(["k"])).toEqual([{ key: "k", failures: 1 }]);
});

test("tries in parallel cannot slip through together", async () => {
  const results = await Promise.all(Array.from({ length: 20 }, () => admit(bank.identity.pool, [gate("k", 5)])));
  expect(results.filter(({ admitted }) => admitted)).toHaveLength(5);
});

test("tries with common counts in any order do not wait for each other for ever", async () => {
  const keys = ["a", "b", "c", "d"].map((key) => gate(key, 1_000));
  const tries = Array.from({ length: 40 }, (_, i) => admit(bank.identity.pool, i % 2 ? keys : keys.toReversed()));
  expect((await Promise.all(tries)).every(({ admitted }) => admitted)).toBe(true);
});

test("an address that tries many logins must wait, and takes no try from a login meanwhile", async () => {
  const { counted } = signInAttempt(bank.identity.hmacKey, "ada@example.org", "203.0.113.9");
  const address = counted.find(({ key }) => key === "address:203.0.113.9");
  await bank.db.owner.query("insert into sign_in_attempts values ($1, 40, now(), now() + interval '1 minute')", [address?.key]);
  expect((await tryAs("ada@example.org", password, "203.0.113.9")).kind).toBe("throttled");
  const login = counted.filter(({ kind }) => kind !== "gate").map(({ key }) => key);
  expect((await rowsOf(login)).every(({ failures }) => failures === 0)).toBe(true);
  expect((await tryAs("ada@example.org", password, "203.0.113.10")).kind).toBe("signed_in");
});

test("a good sign-in gives its network's tries at the login back, and other counts one try, not all", async () => {
  const at = new Date();
  const { cleared, returned } = signInAttempt(bank.identity.hmacKey, "ada@example.org", "203.0.113.9");
  for (let i = 0; i < 4; i++)
    await tryAs(i % 2 ? "ada@example.org" : "nobody@example.org", "a wrong password", "203.0.113.9", at);
  await tryAs("ada@example.org", password, "203.0.113.9", at);
  expect(await rowsOf(cleared)).toEqual([]);
  const gates = returned.filter((key) => key.startsWith("address:"));
  expect((await rowsOf(gates)).map(({ failures }) => failures)).toEqual([4, 4]);
});

test("counts that are forgotten are deleted by the tries that follow, a bounded number each", async () => {
  await bank.db.owner.query(
    `insert into sign_in_attempts (key, failures, last_at, blocked_until, forget_at)
     select 'old ' || i, 1, now(), now(), now() - interval '1 second' from generate_series(1, 150) i`,
  );
  const left = async () => (await bank.db.owner.query("select from sign_in_attempts where key like 'old %'")).rowCount;
  await admit(bank.identity.pool, [gate("k", 5)]);
  expect(await left()).toBe(50);
  await admit(bank.identity.pool, [gate("k", 5)]);
  expect(await left()).toBe(0);
  await forgive(bank.identity.pool, { cleared: ["k"], returned: [] });
  expect(await rowsOf(["k"])).toEqual([]);
});
