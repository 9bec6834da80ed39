import { type Role, roles } from "@/domain/access/policy";
import type { PartyId, UserId } from "@/domain/ids";
import { normaliseEmail } from "@/infra/identity/hash-login";
import type { Identity } from "@/infra/identity/identity";
import { nameSkeleton } from "@/infra/identity/name-skeleton";
import { hashPassword } from "@/infra/identity/password-hashing";
import { newId, newPartyId, newUserId } from "@/infra/ids";
import type { Db } from "@/infra/postgres/connect";
import { transaction } from "@/infra/postgres/transaction";

export type Login = { userId: UserId; email: string; name: string; role: Role; partyId: PartyId | null };

/** Names of parties by id; ids that name nobody are left out. */
export async function partyNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; name: string }>("select id, name from parties where id = any($1)", [ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A party as staff see who holds an account: the present name, its number, and up to three former names. */
export type KnownParty = { name: string; customerNumber: string; formerNames: readonly string[] };

export async function knownParties(db: Db, ids: readonly string[]): Promise<Map<string, KnownParty>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<KnownParty & { id: string }>(
    `select p.id, p.name, p.customer_number as "customerNumber", array(
         select n.name from party_names n where n.party_id = p.id and n.name <> p.name order by n.until desc limit 3) as "formerNames"
       from parties p where p.id = any($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, ...party }) => [id, party]));
}

/** Names of logins by id, for those who may know who did what. */
export async function userNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; name: string }>("select id, name from users where id = any($1)", [ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const loginColumns = `id "userId", email, name, role, party_id "partyId"`;

export async function findLogin(db: Db, email: string): Promise<Login | undefined> {
  const { rows } = await db.query<Login>(`select ${loginColumns} from users where email = $1`, [normaliseEmail(email)]);
  return rows[0];
}

export async function findLoginById(db: Db, userId: string): Promise<Login | undefined> {
  const { rows } = await db.query<Login>(`select ${loginColumns} from users where id = $1`, [userId]);
  return rows[0];
}

export type NewCustomer = { email: string; password: string; name: string };

/**
 * Makes a party and the login that acts for it, together or not at all. Undefined when the address has a login already:
 * the password was hashed all the same, so both answers take as long.
 */
export async function createCustomer(identity: Pick<Identity, "pool">, person: NewCustomer): Promise<Login | undefined> {
  const hash = await hashPassword(person.password);
  return createLogin(identity, { email: person.email, name: person.name, role: "customer", withParty: true, hash });
}

/**
 * Makes a login for a member of staff, without a password when none is given: `resetLink` lets its owner choose one.
 * `withParty`: when this person may also hold accounts here, which this login then never touches. Undefined when the address is taken.
 */
export async function createStaff(
  identity: Pick<Identity, "pool">,
  person: { email: string; name: string; role: Exclude<Role, "customer">; password?: string; withParty?: boolean },
): Promise<Login | undefined> {
  const hash = person.password === undefined ? undefined : await hashPassword(person.password);
  return createLogin(identity, {
    email: person.email,
    name: person.name,
    role: person.role,
    withParty: person.withParty ?? false,
    hash,
  });
}

type NewLogin = { email: string; name: string; role: Role; withParty: boolean; hash: string | undefined };

async function createLogin({ pool }: Pick<Identity, "pool">, person: NewLogin): Promise<Login | undefined> {
  const { name, role, hash } = person;
  const email = normaliseEmail(person.email);
  const userId = newUserId();
  const partyId = person.withParty ? newPartyId() : null;
  if (!roles.includes(role)) throw new Error(`no such role: ${role}`);
  return transaction(pool, async (client) => {
    const taken = await client.query("select from users where email = $1", [email]);
    if (taken.rowCount) return undefined;
    if (partyId) {
      const values = [partyId, name, nameSkeleton(name)];
      await client.query("insert into parties (id, kind, name, name_key) values ($1, 'person', $2, $3)", values);
    }
    await client.query("insert into users (id, email, name, role, party_id) values ($1, $2, $3, $4, $5)", [
      userId,
      email,
      name,
      role,
      partyId,
    ]);
    if (hash !== undefined) {
      const values = [newId("crd"), userId, hash];
      await client.query(
        "insert into credentials (id, user_id, provider_id, account_id, password) values ($1, $2, 'credential', $2, $3)",
        values,
      );
    }
    return { userId, email, name, role, partyId };
  }).catch((error: unknown) => {
    if (isTaken(error)) return undefined; // two registrations at once: the unique constraint let one through
    throw error;
  });
}

function isTaken(error: unknown): boolean {
  return typeof error === "object" && error !== null && "constraint" in error && error.constraint === "users_email_unique";
}
