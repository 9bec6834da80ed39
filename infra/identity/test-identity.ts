import { randomBytes } from "node:crypto";
import { createIdentity, type Identity } from "@/infra/identity/identity";
import type { Mail } from "@/infra/mail/mail";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";

/** The identity service on a database of its own, with the mail it sent. */
export type TestIdentity = { identity: Identity; db: TestDatabase; mails: Mail[]; drop(): Promise<void> };

export async function testIdentity(): Promise<TestIdentity> {
  const db = await testDatabase();
  const mails: Mail[] = [];
  const secret = randomBytes(32).toString("base64");
  const sendMail = async (mail: Mail) => void mails.push(mail);
  const identity = createIdentity({
    pool: db.pools.identity,
    secret,
    hmacKey: randomBytes(32),
    origin: "https://bank.example",
    sendMail,
  });
  return { identity, db, mails, drop: () => db.drop() };
}

/** Empties tables past their triggers, as only a superuser can: between two tests of one file. */
export async function emptied({ db }: TestIdentity, tables: string): Promise<void> {
  await db.owner.query(`begin; set local session_replication_role = replica; truncate ${tables} cascade; commit`);
}

/** Request headers that carry these Set-Cookie values back, as a browser would. */
export function withCookies(setCookies: readonly string[]): Headers {
  const pairs = setCookies.map((cookie) => cookie.split(";")[0] ?? "").filter((pair) => !pair.endsWith("="));
  return new Headers({ cookie: pairs.join("; ") });
}

/** Kinds written to the security log so far, oldest first. */
export async function securityKinds({ db }: TestIdentity): Promise<string[]> {
  const { rows } = await db.owner.query<{ kind: string }>("select kind from security_log order by at, id");
  return rows.map(({ kind }) => kind);
}
