import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type OperatedBank, operatedBank, refusal } from "@/cli/testing/operated-bank";
import { type MarkedSecret, markedSecrets, marksOf } from "@/infra/book/secret-marks";
import { currentSession } from "@/infra/identity/current-session";
import { createIdentity } from "@/infra/identity/identity";
import { createCustomer } from "@/infra/identity/people";
import { signIn } from "@/infra/identity/sign-in";
import { withCookies } from "@/infra/identity/test-identity";
import { createClient } from "@/infra/postgres/connect";
import { migrate } from "@/infra/postgres/migrate";
import { databaseRoles, type RoleUrls } from "@/infra/postgres/roles/database-roles";
import type { Runtime } from "@/infra/runtime";
import { expansion, laterMigrations } from "@/infra/schema/testing/later-build";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { until } from "@/infra/testing/until";
import { runOnce } from "@/projections/run-once";
import { startRunner } from "@/projections/runner";
import type { OpenBook } from "./open-database";

// Two data folders on one database: two servers, or a server and an administrator's terminal. By
// the order of docs/operating.md.

let bank: OperatedBank;
let first: OpenBook;
beforeEach(async () => {
  bank = await operatedBank();
  first = await bank.start();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await bank.close();
});

const dataIn = (data: string) => ({ DAYBOOK_DATA: bank.folder(data) });
const secretsIn = (data: string) => path.join(bank.folder(data), "secrets");
const fileOf = (name: MarkedSecret) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const copySecrets = (to: string) => cpSync(secretsIn("first"), secretsIn(to), { recursive: true });
const setSecret = (data: string, name: MarkedSecret) =>
  writeFileSync(path.join(secretsIn(data), fileOf(name)), Buffer.alloc(32, 7).toString("base64"));

/** Everything that a start may change for others: logins, rights, marks, schema. */
const standing = async () => [
  await bank.asked("select rolname, rolpassword from pg_authid where rolname like 'daybook_' || $1 || '%' order by 1", [
    bank.name,
  ]),
  await bank.asked("select relname, relacl::text from pg_class where relnamespace = 'public'::regnamespace order by 1"),
  await bank.asked("select * from secret_marks order by name"),
  await bank.asked("select floor, newest from book_schema"),
];

async function canSignIn(urls: RoleUrls): Promise<void> {
  for (const role of databaseRoles) {
    const client = createClient(urls[role], "test");
    await client.connect();
    await client.end();
  }
}

const identityOf = ({ pools }: Runtime, { secrets }: OpenBook) =>
  createIdentity({
    pool: pools.identity,
    secret: secrets.session,
    hmacKey: secrets.hmac,
    origin: "https://bank.example",
    sendMail: async () => {},
  });

/**
 * Two processes of one bank: each takes commands, follows the other's, and knows who signed in at
 * the other.
 */
async function workTogether(second: OpenBook): Promise<void> {
  const processes = [first, second].map((open) => ({ open, runtime: bank.runtime(open) }));
  const [one, other] = processes;
  if (!one || !other) throw new Error("two processes");
  for (const { runtime } of processes) startRunner(runtime);
  const actor = customer();
  const accountId = await openAccount(one.runtime, actor);
  for (const { runtime } of [one, other, one, other])
    expect(await give(deposit(accountId, 5n), { runtime, actor })).toMatchObject({ kind: "done" });
  const balance = () => bank.asked("select balance::text from account_balances where account_id = $1", [accountId]);
  await until("the balance is up to date", async () => (await balance())[0]?.balance === "20");

  const login = { email: "ada@example.org", password: "a lantern on the quay" };
  await createCustomer(identityOf(one.runtime, one.open), { ...login, name: "Ada Byron" });
  const at = { address: "203.0.113.9", headers: new Headers() };
  const signedIn = await signIn(identityOf(one.runtime, one.open), { ...login, ...at });
  if (signedIn.kind !== "signed_in") throw new Error(signedIn.kind);
  const known = await currentSession(identityOf(other.runtime, other.open), withCookies(signedIn.setCookies), { activity: true });
  expect(known?.actor.role).toBe("customer");
  for (const { open } of processes) await canSignIn(open.urls);
}

describe("the recipe", () => {
  test("with a copy of the secrets folder two processes work together", async () => {
    copySecrets("second");
    await workTogether(await bank.start(dataIn("second")));
  });

  test("with the six secrets as variables two processes work together, and none of the six is made anew", async () => {
    for (const name of markedSecrets) {
      const variable = `DAYBOOK_SECRET_${fileOf(name).replaceAll("-", "_").toUpperCase()}`;
      vi.stubEnv(variable, readFileSync(path.join(secretsIn("first"), fileOf(name)), "utf8").trim());
    }
    await workTogether(await bank.start(dataIn("second")));
    expect(readdirSync(secretsIn("second")).sort()).toEqual(["metrics", "run-route"]);
  });

  test("an administrator's verify is one more process: the server goes on, and its logins are as they were", async () => {
    const runtime = bank.runtime(first);
    const actor = customer();
    const accountId = await openAccount(runtime, actor);
    await runOnce(runtime);
    const before = await standing();
    copySecrets("admin");
    const { code, said } = await bank.terminal(["verify"], dataIn("admin"));
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining("Sound: ") });
    expect(await standing()).toEqual(before);
    expect(await give(deposit(accountId, 5n), { runtime, actor })).toMatchObject({ kind: "done" });
    await canSignIn(first.urls);
  });
});

describe("a start with other secrets is refused in words, and changes nothing", () => {
  test("from a new folder, which it leaves empty", async () => {
    const before = await standing();
    const { code, said } = await bank.terminal(["verify"], dataIn("new"));
    expect(code).toBe(1);
    expect(said).toContain(`This bank works with secrets that are not here: ${markedSecrets.join(", ")}.`);
    expect(said).toContain('docs/operating.md, "Several processes"');
    expect(readdirSync(secretsIn("new"))).toEqual([]);
    expect(await standing()).toEqual(before);
    await canSignIn(first.urls);
  });

  test.each(markedSecrets)("where %s alone is another", async (name) => {
    const before = await standing();
    copySecrets("other");
    setSecret("other", name);
    expect(await refusal(bank.start(dataIn("other")))).toMatch(
      new RegExp(`^This bank works with other secrets than those here: ${name}\\. Nothing was changed\\. Copy them`),
    );
    expect(await standing()).toEqual(before);
    await canSignIn(first.urls);
  });

  test("also by a later build, which would have had something to migrate", async () => {
    const later = laterMigrations(expansion);
    const before = await standing();
    const marks = { ...marksOf(first.secrets), session: "another" };
    const started = migrate(bank.ownerUrl, { book: { keys: first.secrets }, secrets: { marks }, migrations: later.folder });
    expect(await refusal(started)).toContain("other secrets than those here: session.");
    const otherKey = { ...first.secrets, seal: Buffer.alloc(32, 7) };
    const asOtherBook = migrate(bank.ownerUrl, { book: { keys: otherKey }, migrations: later.folder });
    expect(await refusal(asOtherBook)).toContain("the seal key is not the one that this book was made with");
    expect(await standing()).toEqual(before);
    later.remove();
  });

  test("a secret that the bank works with and that is lost is not made anew in silence", async () => {
    rmSync(path.join(secretsIn("first"), "session"));
    expect(await refusal(bank.start())).toMatch(
      /^This bank works with secrets that are not here: session\..*DAYBOOK_SECRET_SESSION/,
    );
    expect(existsSync(path.join(secretsIn("first"), "session"))).toBe(false);
  });
});

describe("secrets --accept", () => {
  test("says of each secret whether it is the bank's", async () => {
    const own = await bank.terminal(["secrets"]);
    expect(own.code, own.said).toBe(0);
    expect(
      own.said
        .trim()
        .split("\n")
        .map((line) => line.trim().replace(/ +/, ": ")),
    ).toEqual(markedSecrets.map((name) => `${name}: the bank's`));
    copySecrets("other");
    setSecret("other", "serverActions");
    const other = await bank.terminal(["secrets"], dataIn("other"));
    expect(other.code).toBe(1);
    expect(other.said).toMatch(/serverActions +another than the bank's/);
  });

  test("replaces a lost secret once nobody works any more, and from then on refuses the former", async () => {
    const runtime = bank.runtime(first);
    runtime.log.subscribe(() => {});
    await runtime.book();
    copySecrets("former");
    rmSync(path.join(secretsIn("first"), "session"));
    const before = await standing();
    const tooEarly = await bank.terminal(["secrets", "--accept", "session"]);
    expect(tooEarly.code, tooEarly.said).toBe(1);
    expect(tooEarly.said).toMatch(
      /A Daybook still works here, as daybook_\w+ \(pid \d+\): stop it first\. Nothing was changed\./,
    );
    expect(await standing()).toEqual(before);

    await runtime.close();
    await expect.poll(() => bank.connections()).toEqual([]);
    const done = await bank.terminal(["secrets", "--accept", "session"]);
    expect(done.code, done.said).toBe(0);
    await bank.start();
    expect(await refusal(bank.start(dataIn("former")))).toContain("other secrets than those here: session.");
  });

  test("new roles are new passwords: the former ones open nothing any more", async () => {
    setSecret("first", "roles");
    expect(await refusal(bank.start())).toContain("other secrets than those here: roles.");
    const done = await bank.terminal(["secrets", "--accept", "roles,serverActions"]);
    expect(done.code, done.said).toBe(0);
    await canSignIn((await bank.start()).urls);
    await expect(canSignIn(first.urls)).rejects.toThrow("password authentication failed");
  });

  test("the keys of the book are never replaced", async () => {
    const { code, said } = await bank.terminal(["secrets", "--accept", "session,hmac"]);
    expect(code).toBe(1);
    expect(said).toContain('--accept takes session, serverActions, roles, not "hmac".');
  });
});
