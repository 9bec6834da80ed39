import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { signInAttempt } from "@/infra/identity/attempts";
import { deviceKeyFrom, withDevice } from "@/infra/identity/device-cookie";
import { hashLogin } from "@/infra/identity/hash-login";
import { makeLink } from "@/infra/identity/one-time-link";
import { createCustomer, type Login } from "@/infra/identity/people";
import { resetPassword, sendResetLink } from "@/infra/identity/reset-password";
import { signIn } from "@/infra/identity/sign-in";
import { emptied, type TestIdentity, testIdentity, withCookies } from "@/infra/identity/test-identity";
import { admit } from "@/infra/identity/throttle";

const password = "a lantern on the quay";
const email = "ada@example.org";
const start = Date.parse("2026-03-01T12:00:00Z");
let bank: TestIdentity;
let ada: Login;

beforeAll(async () => {
  bank = await testIdentity();
  ada = await person(email);
  await person("ben@example.org");
});
beforeEach(async () => {
  await emptied(bank, "sign_in_attempts, known_devices, security_log");
});
afterAll(() => bank.drop());

async function person(address: string): Promise<Login> {
  const login = await createCustomer(bank.identity, { email: address, password, name: address });
  if (!login) throw new Error("not made");
  return login;
}

type Try = { text?: string; as?: string; address?: string; seconds?: number; headers?: Headers };

const tryAs = ({ text = password, as = email, address = "198.51.100.1", seconds = 0, headers = new Headers() }: Try) =>
  signIn(bank.identity, { email: as, password: text, address, headers, at: new Date(start + seconds * 1_000) });

/** The cookies of a browser that signed in once. */
async function knownBrowser(as = email): Promise<Headers> {
  const outcome = await tryAs({ as });
  if (outcome.kind !== "signed_in") throw new Error(outcome.kind);
  return withCookies(outcome.setCookies);
}

/** A guess from an address that nobody used before: no two in one /24. */
const guess = (i: number, seconds: number) =>
  tryAs({ text: `guess number ${i}`, address: `100.${64 + Math.floor(i / 250)}.${i % 250}.7`, seconds });

const deviceCookie = (headers: Headers): string => /daybook\.device=([^;]*)/.exec(headers.get("cookie") ?? "")?.[1] ?? "";
const withDeviceCookie = (value: string): Headers => new Headers({ cookie: `__Secure-daybook.device=${value}` });

test("while somebody guesses four times a second from changing addresses, the owner gets in each time on a known device", async () => {
  const headers = await knownBrowser();
  let admitted = 0;
  for (let i = 0; i < 240; i++) {
    if ((await guess(i, i / 4)).kind === "wrong") admitted += 1;
    if (i % 20 === 0) expect((await tryAs({ headers, address: "198.51.100.9", seconds: i / 4 })).kind).toBe("signed_in");
  }
  expect(admitted).toBeLessThan(25);
});

test("meanwhile an owner on a new device in a network without guesses gets in with the second try", async () => {
  for (let i = 0; i < 200; i++) await guess(i, i / 4);
  const first = await tryAs({ address: "192.0.2.5", seconds: 50 });
  if (first.kind !== "throttled") throw new Error(first.kind);
  for (let i = 200; i < 240; i++) await guess(i, i / 4);
  expect((await tryAs({ address: "192.0.2.77", seconds: 50 + first.waitSeconds })).kind).toBe("signed_in");
});

test("meanwhile a link from the owner's mailbox works, and its browser is known from then on", async () => {
  for (let i = 0; i < 60; i++) await guess(i, i / 4);
  for (let i = 0; i < 10; i++) await sendResetLink(bank.identity, { email, address: `100.80.${i}.1` }); // a stranger uses the mails up
  await sendResetLink(bank.identity, { email, address: "192.0.2.5" });
  const sent = bank.mails.filter(({ to }) => to === email);
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.length).toBeLessThan(6);
  const token = /reset-password\/([\w-]+)/.exec(sent.at(-1)?.text ?? "")?.[1] ?? "";
  const headers = await knownBrowser("ben@example.org");
  const reset = await resetPassword(bank.identity, { token, password: "a harbour after rain", address: "192.0.2.5", headers });
  if (reset.kind !== "done") throw new Error(reset.kind);
  const browser = withCookies(reset.setCookies);
  for (let i = 60; i < 90; i++) await guess(i, i / 4);
  expect((await tryAs({ text: "a harbour after rain", headers: browser, address: "100.64.9.7", seconds: 23 })).kind).toBe(
    "signed_in",
  );
  await bank.db.owner.query(
    "update credentials set password = (select password from credentials where user_id <> $1 limit 1) where user_id = $1",
    [ada.userId],
  );
});

test("a reset ends what other devices had, and keeps this browser known for its other login", async () => {
  const old = await knownBrowser();
  const ben = await knownBrowser("ben@example.org");
  const link = await makeLink(bank.identity, ada.userId, 60_000);
  const request = { token: link.split("/").at(-1) ?? "", password: "a harbour in the fog", address: "192.0.2.5", headers: ben };
  const reset = await resetPassword(bank.identity, request);
  if (reset.kind !== "done") throw new Error(reset.kind);
  await contest();
  expect((await tryAs({ text: "a harbour in the fog", headers: old, address: "192.0.2.9" })).kind).toBe("throttled");
  const both = withCookies(reset.setCookies);
  expect((await tryAs({ text: "a harbour in the fog", headers: both, address: "192.0.2.9" })).kind).toBe("signed_in");
  expect(deviceCookie(both).split("~")).toHaveLength(2);
  await bank.db.owner.query(
    "update credentials set password = (select password from credentials where user_id <> $1 limit 1) where user_id = $1",
    [ada.userId],
  );
});

/** Wrong passwords enough, at that second, that a device which is not known must wait. Nothing is hashed. */
async function contest(seconds = 0): Promise<void> {
  const at = new Date(start + seconds * 1_000);
  const { pool, hmacKey } = bank.identity;
  for (let i = 0; i < 25; i++) await admit(pool, signInAttempt(hmacKey, email, `100.100.${i}.1`).counted, at);
}

test.each<[string, (own: Headers) => Promise<Headers> | Headers]>([
  ["no cookie", () => new Headers()],
  ["a cookie of another login", () => knownBrowser("ben@example.org")],
  [
    "a signature that was changed",
    (own) => withDeviceCookie(deviceCookie(own).replace(/.$/, (last) => (last === "A" ? "B" : "A"))),
  ],
  ["an id that was changed", (own) => withDeviceCookie(deviceCookie(own).replace(/^dev_./, "dev_1"))],
  ["a signature of another bank's key", () => signed(Buffer.alloc(32, 7))],
  ["a signed id that was never given out", () => signed(bank.identity.hmacKey)],
  ["nonsense", () => withDeviceCookie("dev_%00.~~.;=")],
  ["a cookie far too long", (own) => withDeviceCookie(`${deviceCookie(own)}~${"x".repeat(4_000)}`)],
])("%s gives nothing while the login is contested", async (_, change) => {
  const own = await knownBrowser();
  const headers = await change(own);
  await contest();
  expect((await tryAs({ headers, address: "192.0.2.9" })).kind).toBe("throttled");
  expect((await tryAs({ headers: own, address: "192.0.2.9" })).kind).toBe("signed_in");
});

function signed(hmacKey: Buffer): Headers {
  const device = { id: "dev_01jd0000000000000000000001", loginHash: hashLogin(bank.identity.hmacKey, email) };
  return withDeviceCookie(withDevice(deviceKeyFrom(hmacKey), "", device));
}

test("a device is known for 180 days after its last sign-in, and not a day longer", async () => {
  const headers = await knownBrowser();
  const day = 86_400;
  for (const [days, kind] of [
    [179, "signed_in"],
    [179 + 179, "signed_in"],
    [179 + 179 + 181, "throttled"],
  ] as const) {
    await contest(days * day);
    expect((await tryAs({ headers, address: "192.0.2.9", seconds: days * day })).kind).toBe(kind);
  }
});

test("a device that guesses is known no more; a stolen cookie is worth ten guesses at one login", async () => {
  const headers = await knownBrowser();
  await contest();
  const kinds: string[] = [];
  for (let i = 0; i < 12; i++) kinds.push((await tryAs({ text: `guess ${i}`, headers, address: "192.0.2.9" })).kind);
  expect(kinds).toEqual([...Array<string>(10).fill("wrong"), "throttled", "throttled"]);
  expect((await tryAs({ headers, address: "192.0.2.9" })).kind).toBe("throttled");
});

test("tries of a known device in parallel are counted each", async () => {
  const headers = await knownBrowser();
  await contest();
  const tries = Array.from({ length: 15 }, (_, i) => tryAs({ text: `guess ${i}`, headers, address: "192.0.2.9" }));
  expect((await Promise.all(tries)).filter(({ kind }) => kind === "wrong")).toHaveLength(10);
});

test("a whole office behind one address that somebody spoilt gets in on its known devices", async () => {
  const headers = await knownBrowser();
  for (let i = 0; i < 40; i++) await tryAs({ as: `nobody${i}@example.org`, text: "a wrong password", address: "198.51.100.200" });
  expect((await tryAs({ address: "198.51.100.200" })).kind).toBe("throttled");
  expect((await tryAs({ headers, address: "198.51.100.200" })).kind).toBe("signed_in");
});

test("the cookie is HttpOnly, Secure on https, SameSite=Lax, long-lived, and small with five logins", async () => {
  const outcome = await tryAs({});
  const cookie = outcome.kind === "signed_in" ? (outcome.setCookies.find((one) => one.includes("device")) ?? "") : "";
  expect(cookie).toMatch(
    /^__Secure-daybook\.device=dev_\w{26}\.[\w-]{32}; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  );
  let value = "";
  for (let i = 0; i < 9; i++)
    value = withDevice(bank.identity.deviceKey, value, { id: `dev_01jd000000000000000000000${i}`, loginHash: `login ${i}` });
  expect(value.split("~")).toHaveLength(5);
  expect(value.length).toBeLessThan(400);
});

test("a login has at most 20 known devices: the one not seen for longest is forgotten", async () => {
  for (let i = 0; i < 23; i++) await tryAs({ seconds: i, address: `198.51.${i}.1` });
  const { rows } = await bank.db.owner.query(
    "select extract(epoch from min(seen_at))::int as first, count(*)::int from known_devices",
  );
  expect(rows).toEqual([{ first: start / 1_000 + 3, count: 20 }]);
});
