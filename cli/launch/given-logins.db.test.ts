import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type OperatedBank, operatedBank, refusal } from "@/cli/testing/operated-bank";
import { byRole, type DatabaseRole, databaseRoles, roleVariables } from "@/infra/postgres/roles/database-roles";
import { signingIn } from "@/infra/postgres/roles/role-logins";
import { freePort } from "@/infra/processes/free-port";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { runOnce } from "@/projections/run-once";
import { startProxy } from "@/soak/proxy";
import type { OpenBook } from "./open-database";

// The variables of the application's logins are used whole, or refused in words. Nothing works as
// the owner in silence.

let bank: OperatedBank;
afterEach(() => bank.close());

const password = "made-by-hand";
const loginFor = (role: DatabaseRole) => bank.login(role, password);
const make = (...roles: DatabaseRole[]) =>
  bank.asked(roles.map((role) => `create role ${loginFor(role).name} login password '${password}'`).join("; "));

/** A customer's money moves, and is read: each of the five has had something to do. */
async function works(open: OpenBook): Promise<void> {
  const runtime = bank.runtime(open);
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  expect(await give(deposit(accountId, 5n), { runtime, actor })).toMatchObject({ kind: "done" });
  expect((await runOnce(runtime)).every(({ end }) => end === "level")).toBe(true);
  await runtime.pools.sealer.query("select from seals");
  await runtime.pools.identity.query("select from users");
  expect(await runtime.reach.answers()).toBe(true);
}

const loginsAtWork = async () => [...new Set((await bank.connections()).map(({ login }) => login))].sort();

/** The same server at another address, as by a tunnel. */
async function anotherAddress() {
  const address = process.platform === "linux" ? "127.0.0.2" : "127.0.0.1";
  const { port, outgoing, close } = await startProxy(Number(new URL(bank.ownerUrl).port), { host: address });
  onTestFinished(close);
  return { host: `${address}:${port}`, outgoing };
}

describe("where the owner may make roles", () => {
  beforeEach(async () => {
    bank = await operatedBank();
  });

  test("without a variable the application works as five logins, and none of its connections is the owner's", async () => {
    const open = await bank.start();
    expect(open.protection).toBe("roles and triggers");
    await works(open);
    expect(await loginsAtWork()).toEqual(databaseRoles.map((role) => `daybook_${bank.name}_${role}`).sort());
  });

  test("another host, another port and options in DATABASE_APP_URL hold for every connection of the application", async () => {
    const other = await anotherAddress();
    await make("reader");
    const url = new URL(loginFor("reader").url);
    url.host = other.host;
    url.searchParams.set("options", "-c geqo=off");
    const open = await bank.start({ DATABASE_APP_URL: url.href });
    await works(open);

    const connections = await bank.connections();
    expect(connections.length).toBeGreaterThanOrEqual(databaseRoles.length);
    expect(connections.filter(({ port }) => !other.outgoing().includes(port))).toEqual([]);
    const { pool, pools } = bank.runtime(open);
    for (const one of [pool, ...Object.values(pools)]) expect((await one.query("show geqo")).rows).toEqual([{ geqo: "off" }]);
  });

  test("each of the other variables is used whole as well, for its own connections alone", async () => {
    const other = await anotherAddress();
    await make("writer");
    const url = new URL(loginFor("writer").url);
    url.host = other.host;
    await works(await bank.start({ DATABASE_WRITER_URL: url.href }));
    const there = (await bank.connections()).filter(({ port }) => other.outgoing().includes(port));
    expect([...new Set(there.map(({ login }) => login))]).toEqual([loginFor("writer").name]);
    expect(await loginsAtWork()).toHaveLength(databaseRoles.length);
  });

  test("an address where nobody listens is refused, and the variable named", async () => {
    await make("reader");
    const url = new URL(loginFor("reader").url);
    url.port = String(await freePort());
    expect(await refusal(bank.start({ DATABASE_APP_URL: url.href }))).toMatch(
      /at the address of DATABASE_APP_URL: .*ECONNREFUSED/,
    );
  });

  test("a URL that leads to another database is refused, and the variable named", async () => {
    await make("reader");
    const url = Object.assign(new URL(loginFor("reader").url), { pathname: "/postgres" });
    expect(await refusal(bank.start({ DATABASE_APP_URL: url.href }))).toMatch(
      /^DATABASE_APP_URL leads .* to a database where it can read no book, and DATABASE_URL to book_/,
    );
  });

  test("a login that somebody made keeps its password and its defaults", async () => {
    await make("reader", "identity");
    const { name, url } = loginFor("reader");
    await bank.asked(`alter role ${name} set work_mem = '7MB'`);
    const facts = () =>
      bank.asked(
        "select rolname, rolpassword, rolvaliduntil, setconfig from pg_authid left join pg_db_role_setting on setrole = pg_authid.oid where rolname = any($1) order by 1",
        [[name, loginFor("identity").name]],
      );
    const before = await facts();
    const variables = { DATABASE_APP_URL: url, DATABASE_IDENTITY_URL: loginFor("identity").url };
    for (const _ of ["first start", "second start"]) await works(await bank.start(variables));
    expect(await facts()).toEqual(before);
  });

  test("a wrong password in a variable is refused, the variable named, and the login left as it is", async () => {
    await make("reader");
    const { name } = loginFor("reader");
    const stored = () => bank.asked("select rolpassword from pg_authid where rolname = $1", [name]);
    const before = await stored();
    const words = await refusal(bank.start({ DATABASE_APP_URL: signingIn(bank.ownerUrl, { name, password: "another" }) }));
    expect(words).toContain(
      `The login ${name} cannot be opened at the address of DATABASE_APP_URL: password authentication failed`,
    );
    expect(await stored()).toEqual(before);
  });

  test("a login with the rights of the owner, and one for two kinds of work, are refused by the variable's name", async () => {
    await make("reader", "writer");
    const asOwner = await refusal(bank.start({ DATABASE_APP_URL: bank.ownerUrl }));
    expect(asOwner).toMatch(/^DATABASE_APP_URL signs in as \w+_owner, who has the rights of the owner/);
    await bank.asked(`grant ${new URL(bank.ownerUrl).username} to ${loginFor("writer").name}`);
    const asMember = await refusal(bank.start({ DATABASE_WRITER_URL: loginFor("writer").url }));
    expect(asMember).toMatch(/^DATABASE_WRITER_URL signs in as \w+_writer, who has the rights of the owner/);
    const { url } = loginFor("reader");
    const twice = await refusal(bank.start({ DATABASE_APP_URL: url, DATABASE_SEALER_URL: url }));
    expect(twice).toMatch(/^DATABASE_SEALER_URL names the same login as DATABASE_APP_URL/);
    await expect.poll(() => bank.connections()).toEqual([]);
  });
});

describe("where the owner may make no roles", () => {
  beforeEach(async () => {
    bank = await operatedBank({ mayMakeRoles: false });
  });

  test("what is missing is named; once an administrator has run what `roles` prints, the application works as five logins", async () => {
    const words = await refusal(bank.start());
    for (const role of databaseRoles) expect(words).toContain(`daybook_${bank.name}_${role}`);
    expect(words).toContain("npm run daybook -- roles");
    await expect.poll(() => bank.connections()).toEqual([]);

    const { code, said } = await bank.terminal(["roles"]);
    expect(code, said).toBe(0);
    await bank.asked(said);
    const open = await bank.start();
    expect(open.protection).toBe("roles and triggers");
    await works(open);
    expect(await loginsAtWork()).toEqual(databaseRoles.map((role) => `daybook_${bank.name}_${role}`).sort());
  });

  test("with one login made beforehand and no others, the missing ones are named and nothing works as the owner", async () => {
    await make("reader");
    const words = await refusal(bank.start({ DATABASE_APP_URL: loginFor("reader").url }));
    expect(words).toContain("logins are missing");
    expect(words).not.toContain(loginFor("reader").name);
    for (const role of ["writer", "projector", "sealer", "identity"]) expect(words).toContain(`daybook_${bank.name}_${role}`);
    await expect.poll(() => bank.connections()).toEqual([]);
  });

  test("with five logins made beforehand the application works as these, and never as the owner", async () => {
    await make(...databaseRoles);
    const urls = byRole((role) => loginFor(role).url);
    const open = await bank.start(Object.fromEntries(databaseRoles.map((role) => [roleVariables[role], urls[role]])));
    expect(open.protection).toBe("roles and triggers");
    await works(open);
    expect(await loginsAtWork()).toEqual(databaseRoles.map((role) => loginFor(role).name).sort());
  });

  test("a login that has another password is named with the way out, and keeps the defaults that an administrator gave it", async () => {
    const login = `daybook_${bank.name}_sealer`;
    await bank.asked((await bank.terminal(["roles"])).said);
    await bank.asked(`alter role ${login} password 'another'; alter role ${login} set work_mem = '7MB'`);
    const words = await refusal(bank.start());
    expect(words).toMatch(new RegExp(`^The login ${login} has another password .*npm run daybook -- roles`));

    const { said } = await bank.terminal(["roles"]);
    expect(said).toContain(`alter role "${login}" login password 'SCRAM-SHA-256$`);
    await bank.asked(said);
    await works(await bank.start());
    expect(await bank.asked("select setconfig from pg_db_role_setting where setrole = $1::regrole", [login])).toEqual([
      { setconfig: ["work_mem=7MB"] },
    ]);
  });

  test("only where somebody asked for it does the application work as the owner, and it says so", async () => {
    const open = await bank.start({ DAYBOOK_RUN_AS_OWNER: "on" });
    expect(open.protection).toBe("triggers only");
  });
});
