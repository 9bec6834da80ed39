import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { currentSession } from "@/infra/identity/current-session";
import { demoSignIn } from "@/infra/identity/demo-sign-in";
import { createCustomer, createStaff } from "@/infra/identity/people";
import { resetPassword } from "@/infra/identity/reset-password";
import { signIn } from "@/infra/identity/sign-in";
import { addStaff, staffInput } from "@/infra/identity/staff";
import { emptied, securityKinds, type TestIdentity, testIdentity, withCookies } from "@/infra/identity/test-identity";

const password = "heron pebble violin";
const address = "203.0.113.9";
let bank: TestIdentity;

beforeAll(async () => {
  bank = await testIdentity();
});
beforeEach(async () => {
  await emptied(bank, "users, verifications, sign_in_attempts, security_log");
});
afterAll(() => bank.drop());

const add = (email: string, role: "teller" | "auditor" | "operator") => addStaff(bank.identity, { email, role });
const linkOf = async (email: string, role: "teller" | "auditor" | "operator") => {
  const outcome = await add(email, role);
  if (outcome.kind !== "link") throw new Error(outcome.kind);
  return outcome.link.split("/").at(-1) ?? "";
};
const choose = (token: string) => resetPassword(bank.identity, { token, password, address, headers: new Headers() });

test("a member of staff chooses a password by the link, once, and has the role", async () => {
  const token = await linkOf("ines@example.org", "teller");
  expect((await choose(token)).kind).toBe("done");
  expect((await choose(token)).kind).toBe("link_spent");
  const outcome = await signIn(bank.identity, { email: "ines@example.org", password, address, headers: new Headers() });
  if (outcome.kind !== "signed_in") throw new Error(outcome.kind);
  const session = await currentSession(bank.identity, withCookies(outcome.setCookies), { activity: true });
  expect(session?.actor).toMatchObject({ role: "teller", partyId: null });
});

test("a staff link is valid for 24 hours and not longer", async () => {
  const token = await linkOf("ines@example.org", "teller");
  const { rows } = await bank.db.owner.query<{ hours: number }>(
    "select round(extract(epoch from expires_at - now()) / 3600)::int hours from verifications",
  );
  expect(rows).toEqual([{ hours: 24 }]);
  await bank.db.owner.query("update verifications set expires_at = now() - interval '1 second'");
  expect((await choose(token)).kind).toBe("link_spent");
});

test("without a password nobody signs in", async () => {
  await linkOf("ines@example.org", "teller");
  expect((await signIn(bank.identity, { email: "ines@example.org", password: "", address, headers: new Headers() })).kind).toBe(
    "wrong",
  );
});

test("a second link makes the first worthless", async () => {
  const first = await linkOf("ines@example.org", "teller");
  const second = await linkOf("ines@example.org", "teller");
  expect((await choose(first)).kind).toBe("link_spent");
  expect((await choose(second)).kind).toBe("done");
});

test("a login keeps its role: a customer is not made a teller", async () => {
  await createCustomer(bank.identity, { email: "ada@example.org", password, name: "Ada Byron" });
  expect(await add("ada@example.org", "teller")).toEqual({ kind: "other_role", role: "customer" });
  expect(staffInput.safeParse({ email: "x@example.org", role: "customer" }).success).toBe(false);
  expect(staffInput.safeParse({ email: "not an address", role: "teller" }).success).toBe(false);
});

test("demo sign-in needs a demo book, a listed person, and the role that was listed", async () => {
  await createStaff(bank.identity, { email: "otto@daybook.example", name: "Otto", role: "auditor" });
  await createStaff(bank.identity, { email: "boss@example.org", name: "Boss", role: "operator" });
  const listed = { email: "otto@daybook.example", name: "Otto", role: "auditor", about: "reads" } as const;
  const demo = (email: string, isDemo: boolean, role: "auditor" | "teller" = "auditor") =>
    demoSignIn(bank.identity, { email, isDemo, logins: [{ ...listed, role }], address, headers: new Headers() });

  expect(await demo("otto@daybook.example", false)).toBeUndefined();
  expect(await demo("boss@example.org", true)).toBeUndefined();
  expect(await demo("otto@daybook.example", true, "teller")).toBeUndefined();
  const cookies = await demo("otto@daybook.example", true);
  expect((await currentSession(bank.identity, withCookies(cookies ?? []), { activity: true }))?.actor.role).toBe("auditor");
  expect(await securityKinds(bank)).toEqual([
    "demo_sign_in_refused",
    "demo_sign_in_refused",
    "demo_sign_in_refused",
    "demo_sign_in",
  ]);
});

test("a login made at the terminal is not called like the bank or a colleague: its address stands in", async () => {
  for (const email of ["daybook@example.org", "sam@one.example", "sam@two.example"]) await add(email, "operator");
  const { rows } = await bank.db.owner.query<{ name: string }>("select name from users order by email");
  expect(rows.map(({ name }) => name)).toEqual(["daybook@example.org", "sam", "sam@two.example"]);
});
