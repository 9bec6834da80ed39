import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { currentSession } from "@/infra/identity/current-session";
import { createCustomer, type Login } from "@/infra/identity/people";
import { signIn, signOut } from "@/infra/identity/sign-in";
import { emptied, securityKinds, type TestIdentity, testIdentity, withCookies } from "@/infra/identity/test-identity";

const password = "a lantern on the quay";
const elsewhere = new Headers();
let bank: TestIdentity;
let ada: Login;

beforeAll(async () => {
  bank = await testIdentity();
  const made = await createCustomer(bank.identity, { email: "Ada@Example.org", password, name: "Ada Byron" });
  if (!made) throw new Error("not made");
  ada = made;
});
beforeEach(async () => {
  await emptied(bank, "sessions, sign_in_attempts, security_log");
});
afterAll(() => bank.drop());

const tryAs = (email: string, text = password, address = "203.0.113.9") =>
  signIn(bank.identity, { email, password: text, address, headers: elsewhere });
const actor = async (headers: Headers) => (await currentSession(bank.identity, headers, { activity: true }))?.actor;

async function signedIn(): Promise<string[]> {
  const outcome = await tryAs("ada@example.org");
  if (outcome.kind !== "signed_in") throw new Error(outcome.kind);
  return outcome.setCookies;
}

test("signing in gives an actor with role and party", async () => {
  const headers = withCookies(await signedIn());
  expect(await actor(headers)).toEqual({ userId: ada.userId, partyId: ada.partyId, role: "customer", authStrength: "password" });
  expect(await securityKinds(bank)).toEqual(["sign_in"]);
});

test("the cookie is HttpOnly, SameSite=Lax, Secure on https, and ends with the session", async () => {
  const [cookie = ""] = await signedIn();
  expect(cookie).toMatch(/^__Host-daybook\.session_token=/);
  expect(cookie.split("; ").map((part) => part.toLowerCase())).toEqual(
    expect.arrayContaining(["httponly", "secure", "samesite=lax", "path=/", "max-age=43200"]),
  );
});

test("the database holds no token that signs anybody in", async () => {
  const [cookie = ""] = await signedIn();
  const token = decodeURIComponent(cookie.split(";")[0]?.split("=")[1] ?? "").split(".")[0] ?? "";
  expect(token.length).toBeGreaterThanOrEqual(32);
  const { rows } = await bank.db.owner.query("select to_jsonb(s)::text as text from sessions s");
  expect(rows).toHaveLength(1);
  expect(rows[0].text).not.toContain(token);
});

test("a cookie made from what the database holds signs nobody in", async () => {
  const cookies = await signedIn();
  const { rows } = await bank.db.owner.query<{ token: string }>("select token from sessions");
  const stolen = cookies.map((cookie) => cookie.replace(/=[^.]+\./, `=${encodeURIComponent(rows[0]?.token ?? "")}.`));
  expect(await actor(withCookies(stolen))).toBeUndefined();
});

test("an unknown login and a wrong password get the same answer, rows apart from the login, and the same work", async () => {
  expect(await tryAs("nobody@example.org")).toEqual({ kind: "wrong" });
  expect(await tryAs("ada@example.org", "a lantern on the key")).toEqual({ kind: "wrong" });
  expect(await securityKinds(bank)).toEqual(["sign_in_refused", "sign_in_refused"]);
});

test("an unknown login costs as much work as a wrong password", async () => {
  const cpuMsOf = async (email: string) => {
    const before = process.cpuUsage();
    await tryAs(email, "a lantern on the key", email);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let i = 0; i < 9; i++) {
    await bank.db.owner.query("truncate sign_in_attempts");
    known.push(await cpuMsOf("ada@example.org"));
    unknown.push(await cpuMsOf(`nobody${i}@example.org`));
  }
  const ratio = median(known) / median(unknown);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test("what was typed as a login stands nowhere in clear", async () => {
  await tryAs("my password by mistake");
  const { rows } = await bank.db.owner.query(
    "select to_jsonb(s)::text as text from security_log s union all select key from sign_in_attempts",
  );
  expect(rows.map(({ text }) => text).join()).not.toContain("by mistake");
});

test("signing in again in one browser ends the session before, and those of other browsers stay", async () => {
  const before = withCookies(await signedIn());
  const elsewhereToo = withCookies(await signedIn());
  const again = await signIn(bank.identity, { email: "ada@example.org", password, address: "203.0.113.9", headers: before });
  expect(again.kind).toBe("signed_in");
  expect(await actor(before)).toBeUndefined();
  expect(await actor(elsewhereToo)).toBeDefined();
  expect((await bank.db.owner.query("select from sessions")).rowCount).toBe(2);
});

test("signing out ends the session in the database too", async () => {
  const headers = withCookies(await signedIn());
  await signOut(bank.identity, headers, ada.userId);
  expect(await actor(headers)).toBeUndefined();
  expect((await bank.db.owner.query("select from sessions")).rowCount).toBe(0);
});

test("a session ends at its absolute end and when idle, and live updates do not keep it alive", async () => {
  const headers = withCookies(await signedIn());
  await bank.db.owner.query("update sessions set last_seen_at = now() - interval '20 minutes'");
  await currentSession(bank.identity, headers, { activity: false });
  const seen = await bank.db.owner.query<{ fresh: boolean }>(
    "select last_seen_at > now() - interval '1 minute' as fresh from sessions",
  );
  expect(seen.rows).toEqual([{ fresh: false }]);
  expect(await actor(headers)).toBeDefined(); // a person's request does
  await bank.db.owner.query("update sessions set last_seen_at = now() - interval '31 minutes'");
  expect(await actor(headers)).toBeUndefined();

  const later = withCookies(await signedIn());
  await bank.db.owner.query("update sessions set expires_at = now() - interval '1 second'");
  expect(await actor(later)).toBeUndefined();
});

test("a changed role holds from the next request on", async () => {
  const headers = withCookies(await signedIn());
  await bank.db.owner.query("update users set role = 'auditor' where id = $1", [ada.userId]);
  expect((await actor(headers))?.role).toBe("auditor");
  await bank.db.owner.query("update users set role = 'customer' where id = $1", [ada.userId]);
});

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
