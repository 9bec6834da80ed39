import type { Db } from "../connect";
import { type DatabaseRole, databaseRoles } from "./database-roles";
import type { LoginNames } from "./grant-rights";
import { rights } from "./rights";

const writes = ["insert", "update", "delete", "truncate"] as const;

/**
 * What a login may do by way of others: as a member of some role, as the owner, as a superuser. Its own rights have been set already.
 * @throws naming the first table that a login may write and must not.
 */
export async function mustHaveNoMore(client: Db, names: LoginNames): Promise<void> {
  const { rows } = await client.query<{ login: string; table: string; right: (typeof writes)[number] }>(
    `select r.rolname as login, c.relname as table, w as right
       from pg_roles r, pg_class c, unnest($2::text[]) w
      where r.rolname = any($1) and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and has_table_privilege(r.oid, c.oid, w)
      order by 1, 2, 3`,
    [Object.values(names), writes],
  );
  for (const role of databaseRoles) {
    const mine = rows.filter(({ login }) => login === names[role]);
    const tooMuch = mine.find(({ table, right }) => !mayWrite(role, table, right));
    if (tooMuch)
      throw new Error(
        `The login ${tooMuch.login} may ${tooMuch.right} ${tooMuch.table} by another role that it belongs to or is: the ${role} needs a login that owns nothing and is a member of nothing.`,
      );
  }
}

function mayWrite(role: DatabaseRole, table: string, right: (typeof writes)[number]): boolean {
  return right !== "truncate" && rights[role].tables[table]?.includes(right) === true;
}
