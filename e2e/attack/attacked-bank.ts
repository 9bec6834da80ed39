import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { DemoBank } from "@/cli/testing/demo-bank";
import { demoPeople } from "@/infra/demo/people";
import { builtActions } from "./actions";
import { watchEveryAnswer } from "./every-answer";
import { soundFields } from "./sound-fields";
import { createVisitor, type Visitor } from "./visitor";

/** Who attacks: each is another relation to the account of the holder. */
export const roles = ["nobody", "another customer", "holder", "teller", "auditor", "operator"] as const;
export type Role = (typeof roles)[number];

const emails: Readonly<Record<Exclude<Role, "nobody">, string>> = {
  "another customer": "tomas@daybook.example",
  holder: "ada@daybook.example",
  teller: "ines@daybook.example",
  auditor: "otto@daybook.example",
  operator: "sam@daybook.example",
};

export type AttackedBank = Awaited<ReturnType<typeof openAttackedBank>>;

/** A demo bank with everybody signed in, an account to attack, and a look behind the screen as the database's owner. */
export async function openAttackedBank({ origin, pid, ownerUrl, secrets, log }: DemoBank) {
  const every = watchEveryAnswer(origin);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  owner.on("error", () => {}); // the database is stopped before this is, where the run itself failed
  const query = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
    (await owner.query<Row>(sql, values)).rows;
  const actions = builtActions();
  const visitor = (cookies?: ReadonlyMap<string, string>) => createVisitor(origin, every, cookies);

  /** A browser of its own, signed in as a demo person with one click. */
  async function signedIn(email: string): Promise<Visitor> {
    const one = visitor();
    const { status } = await one.act(action("demoSignInAction"), { fields: { email, returnTo: "/" } });
    if (status !== 303) throw new Error(`the demo sign-in of ${email} was answered with ${status}`);
    return one;
  }
  function action(name: string) {
    const found = actions.find((one) => one.name === name);
    if (!found) throw new Error(`no action is called ${name}`);
    return found;
  }

  const people = new Map<Role, Visitor>([["nobody", visitor()]]);
  for (const role of roles) if (role !== "nobody") people.set(role, await signedIn(emails[role]));
  const as = (role: Role): Visitor => {
    const found = people.get(role);
    if (!found) throw new Error(`nobody is the ${role}`);
    return found;
  };
  return {
    origin,
    pid,
    log,
    secrets,
    every,
    actions,
    action,
    query,
    visitor,
    signedIn,
    as,
    emailOf: (role: Exclude<Role, "nobody">) => emails[role],
    people: demoPeople,
    /** The busiest account of the holder. */
    account: await busiestAccount(query, emails.holder),
    /** A new account of the holder. */
    async newAccount(): Promise<string> {
      const open = action("openAccount");
      const { headers } = await as("holder").act(open, { fields: soundFields(open, "none") });
      const account = /acc_[0-9a-z]{26}/.exec(headers.location ?? "")?.[0];
      if (!account) throw new Error(`opening an account led to ${headers.location}`);
      return account;
    },
    /** How many events the book holds: an attack that should do nothing leaves it as it was. */
    events: async () => (await query<{ n: number }>("select count(*)::int as n from events"))[0]?.n ?? 0,
    /** The mail to somebody, as it went out of the bank: waits until it has. "": none came. */
    mailTo: (email: string) => firstMail(path.join(path.dirname(log), "outbox"), email),
    /** The lines in which the server's log tells of an error of its own. */
    errorsLogged: () => linesOf(log).filter((line) => /^\{"level":[56]0,/.test(line)),
    /** What PostgreSQL could not read of what it was asked: a statement that somebody's text broke. */
    brokenStatements: () =>
      linesOf(path.join(path.dirname(log), "postgres", "server.log")).filter((line) => / ERROR: /.test(line)),
    close: () => owner.end(),
  };
}

const mailMsMax = 60_000; // against hanging only

async function firstMail(folder: string, email: string): Promise<string> {
  const end = performance.now() + mailMsMax;
  while (performance.now() < end) {
    const mails = existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8")) : [];
    const found = mails.find((text) => text.startsWith(`To: ${email}\n`));
    if (found) return found;
    await delay(50);
  }
  return "";
}

const linesOf = (file: string) => (existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);

type Query = <Row extends pg.QueryResultRow>(sql: string, values: unknown[]) => Promise<Row[]>;

async function busiestAccount(query: Query, email: string): Promise<string> {
  const [row] = await query<{ id: string }>(
    `select a.account_id as id from account_balances a join users u on a.holders @> array[u.party_id]
      where u.email = $1 and a.currency = 'EUR' order by a.version desc limit 1`,
    [email],
  );
  if (!row) throw new Error(`${email} has no account in EUR`);
  return row.id;
}
