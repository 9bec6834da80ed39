import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changePassword } from "@/infra/identity/change-password";
import { currentSession } from "@/infra/identity/current-session";
import { createCustomer, type Login } from "@/infra/identity/people";
import { resetPassword, sendResetLink } from "@/infra/identity/reset-password";
import { openSession, signIn } from "@/infra/identity/sign-in";
import { emptied, securityKinds, type TestIdentity, testIdentity, withCookies } from "@/infra/identity/test-identity";

const first = "a lantern on the quay";
const second = "heron pebble violin";
const address = "203.0.113.9";
let bank: TestIdentity;
let ada: Login;

beforeAll(async () => {
  bank = await testIdentity();
});
beforeEach(async () => {
  await emptied(bank, "users, verifications, sign_in_attempts, security_log");
  bank.mails.length = 0;
  const made = await createCustomer(bank.identity, { email: "ada@example.org", password: first, name: "Ada Byron" });
  if (!made) throw new Error("not made");
  ada = made;
});
afterAll(() => bank.drop());

const canSignIn = async (password: string) =>
  (await signIn(bank.identity, { email: "ada@example.org", password, address, headers: new Headers() })).kind === "signed_in";
const isSignedIn = async (headers: Headers) => (await currentSession(bank.identity, headers, { activity: true })) !== null;
const session = async () => withCookies(await openSession(bank.identity, ada.userId, new Headers()));
const sessionIdOf = async (headers: Headers) =>
  (await currentSession(bank.identity, headers, { activity: true }))?.sessionId ?? "";
const askForLink = async () => {
  await sendResetLink(bank.identity, { email: "Ada@Example.org", address });
  return /reset-password\/(\S+)/.exec(bank.mails.at(-1)?.text ?? "")?.[1] ?? "";
};
const reset = (token: string, password = second) =>
  resetPassword(bank.identity, { token, password, address, headers: new Headers() });

test("a link sets a password once, ends every session and is worthless afterwards", async () => {
  const open = await session();
  const token = await askForLink();
  expect(bank.mails.at(-1)?.text).toContain(`https://bank.example/reset-password/${token}`);
  expect(await reset(token)).toMatchObject({ kind: "done" });
  expect(await isSignedIn(open)).toBe(false);
  expect(await canSignIn(first)).toBe(false);
  expect(await canSignIn(second)).toBe(true);
  expect(await reset(token, "gravel thimble cloud")).toEqual({ kind: "link_spent" });
  expect(await canSignIn(second)).toBe(true);
});

test("two who use a link at once: one succeeds", async () => {
  const token = await askForLink();
  const outcomes = await Promise.all([reset(token), reset(token, "gravel thimble cloud"), reset(token, "marble otter window")]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["done", "link_spent", "link_spent"]);
});

test("a new password withdraws the links that were sent before", async () => {
  const older = await askForLink();
  const newer = await askForLink();
  expect(await reset(newer)).toMatchObject({ kind: "done" });
  expect(await reset(older)).toEqual({ kind: "link_spent" });
});

test("a link runs out after half an hour", async () => {
  const token = await askForLink();
  const { rows } = await bank.db.owner.query<{ minutes: number }>(
    "select round(extract(epoch from expires_at - now()) / 60)::int minutes from verifications",
  );
  expect(rows).toEqual([{ minutes: 30 }]);
  await bank.db.owner.query("update verifications set expires_at = now() - interval '1 second'");
  expect(await reset(token)).toEqual({ kind: "link_spent" });
});

test("a weak password does not spend the link, and the owner's name is a weak one", async () => {
  const token = await askForLink();
  expect(await reset(token, "byron-in-the-rain")).toEqual({ kind: "weak", problem: { code: "personal" } });
  expect(await reset(token)).toMatchObject({ kind: "done" });
});

test("the database holds no link that works, and the security log neither link nor password", async () => {
  const token = await askForLink();
  await reset(token);
  const again = await askForLink();
  const { rows } = await bank.db.owner.query(
    "select to_jsonb(v)::text as text from verifications v union all select to_jsonb(s)::text from security_log s",
  );
  const text = rows.map((row) => row.text).join();
  for (const secret of [token, again, first, second]) expect(text).not.toContain(secret);
});

test("for an unknown address nothing is sent, and asking again and again sends a few", async () => {
  await sendResetLink(bank.identity, { email: "nobody@example.org", address });
  expect(bank.mails).toHaveLength(0);
  for (let i = 0; i < 6; i++) await sendResetLink(bank.identity, { email: "ada@example.org", address });
  expect(bank.mails).toHaveLength(3);
  expect((await securityKinds(bank)).filter((kind) => kind === "reset_throttled")).toHaveLength(3);
});

test("changing the password ends the other sessions and keeps this one, under a new token", async () => {
  const other = await session();
  const mine = await session();
  const outcome = await changePassword(bank.identity, {
    userId: ada.userId,
    sessionId: await sessionIdOf(mine),
    currentPassword: first,
    newPassword: second,
    headers: mine,
  });
  if (outcome.kind !== "changed") throw new Error(outcome.kind);
  expect(await isSignedIn(other)).toBe(false);
  expect(await isSignedIn(mine)).toBe(false);
  expect(await isSignedIn(withCookies(outcome.setCookies))).toBe(true);
  expect(await canSignIn(first)).toBe(false);
  expect(await canSignIn(second)).toBe(true);
});

test("a wrong current password changes nothing, and guessing it on an open session is throttled", async () => {
  const headers = await session();
  const sessionId = await sessionIdOf(headers);
  const request = { userId: ada.userId, currentPassword: "a wrong password", newPassword: second };
  const guess = () => changePassword(bank.identity, { ...request, sessionId, headers });
  const kinds: string[] = [];
  for (let i = 0; i < 20; i++) kinds.push((await guess()).kind);
  expect(kinds.slice(0, 5)).toEqual(Array(5).fill("wrong"));
  expect(kinds).toContain("throttled");
  expect(await canSignIn(first)).toBe(true);
});

test("a new password is another one, by link and by change; the link is not spent", async () => {
  const unchanged = { kind: "weak", problem: { code: "unchanged" } };
  const token = await askForLink();
  expect(await reset(token, first)).toEqual(unchanged);
  expect(await reset(token, second)).toMatchObject({ kind: "done" });
  const headers = await session();
  const request = {
    userId: ada.userId,
    sessionId: await sessionIdOf(headers),
    currentPassword: second,
    newPassword: second,
    headers,
  };
  expect(await changePassword(bank.identity, request)).toEqual(unchanged);
});

test("who stole a session and guesses in it keeps the owner, in another one, from nothing", async () => {
  const [stolen, own] = [await session(), await session()];
  const request = { userId: ada.userId, newPassword: second };
  const stolenId = await sessionIdOf(stolen);
  for (let i = 0; i < 12; i++)
    await changePassword(bank.identity, { ...request, sessionId: stolenId, currentPassword: "a guess at it", headers: stolen });
  const change = { ...request, sessionId: await sessionIdOf(own), currentPassword: first, headers: own };
  expect((await changePassword(bank.identity, change)).kind).toBe("changed");
  expect(await isSignedIn(stolen)).toBe(false);
});

test("mail that cannot be sent costs no try", async () => {
  const failing = { ...bank.identity, sendMail: () => Promise.reject(new Error("no mail server")) };
  for (let i = 0; i < 6; i++) await sendResetLink(failing, { email: "ada@example.org", address }).catch(() => {});
  expect(await askForLink()).not.toBe("");
});
