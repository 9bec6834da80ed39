import type { Db } from "../connect";
import type { DatabaseRole } from "./database-roles";
import { type Rights, rights } from "./rights";

/** The logins that hold each role's rights. */
export type LoginNames = Readonly<Record<DatabaseRole, string>>;

/** `kind` as GRANT names it; `held`: what the role has now, of its own. */
type Held = { kind: "table" | "sequence" | "function" | "schema"; schema: string; name: string; object: string; held: string[] };

const nothing: Rights = { tables: {}, functions: [], sequences: [], schemas: [] };

/** Logins of earlier builds, which could do everything that the five now share out. */
const former = ["daybook_app", "daybook_import"];

/**
 * Gives every role the rights that it is listed with, and takes all others, in one transaction; where nothing differs nothing is written. Returns the
 * logins of an earlier build that still work here and so keep their rights for now.
 */
export async function grantRights(client: Db, names: LoginNames): Promise<readonly string[]> {
  const wanted: [name: string, rights: Rights][] = Object.entries(names).map(([role, name]) => [
    name,
    rights[role as DatabaseRole],
  ]);
  const { rows: earlier } = await client.query<{ name: string; works: boolean }>(
    `select r.rolname as name, exists (select from pg_stat_activity a where a.usename = r.rolname and a.datname = current_database()) as works
       from pg_roles r where r.rolname = any($1) and not r.rolname = any($2)`,
    [former, Object.values(names)],
  );
  for (const { name, works } of earlier) if (!works) wanted.push([name, nothing]);
  const statements: string[] = [];
  for (const [name, one] of wanted) statements.push(...(await changesFor(client, name, one)));
  if (statements.length > 0) await client.query(`begin; ${statements.join("; ")}; commit`);
  return earlier.filter(({ works }) => works).map(({ name }) => name);
}

async function changesFor(client: Db, role: string, wanted: Rights): Promise<string[]> {
  const quoted = `"${role.replaceAll('"', '""')}"`;
  const changes: string[] = [];
  for (const { held, ...object } of await heldBy(client, role)) {
    const due = dueOn(object, wanted);
    const on = `on ${object.kind} ${object.object}`;
    const missing = due.filter((right) => !held.includes(right));
    const isTooMuch = held.some((right) => !due.includes(right));
    if (isTooMuch) changes.push(`revoke all ${on} from ${quoted}`);
    const given = isTooMuch ? due : missing;
    if (given.length > 0) changes.push(`grant ${given.join(", ")} ${on} to ${quoted}`);
  }
  return changes;
}

/** A copy of a read model has the rights of the table whose place it may take. */
function dueOn({ kind, schema, name }: Omit<Held, "held">, wanted: Rights): readonly string[] {
  if (kind === "schema") return wanted.schemas.includes(name) ? ["usage"] : [];
  if (kind === "table") return (schema === "drizzle" ? undefined : wanted.tables[name]) ?? [];
  const names = kind === "function" ? wanted.functions : wanted.sequences;
  return schema === "public" && names.includes(name) ? [kind === "function" ? "execute" : "usage"] : [];
}

/** Every object of the schemas that are Daybook's, with what the role has been granted on it. A right on a column alone counts as too much. */
async function heldBy(client: Db, role: string): Promise<Held[]> {
  const { rows } = await client.query<Held>(
    `with mine as (select oid, nspname, nspacl, nspowner from pg_namespace where nspname in ('public', 'shadow', 'kept', 'drizzle')),
      objects as (
        select 'schema' as kind, nspname::text as schema, nspname::text as name, quote_ident(nspname) as object, nspacl as acl, null::oid as columns from mine
        union all
        select case c.relkind when 'S' then 'sequence' else 'table' end, n.nspname, c.relname, format('%I.%I', n.nspname, c.relname), c.relacl, c.oid
          from pg_class c join mine n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and pg_has_role(c.relowner, 'usage')
        union all
        select 'function', n.nspname, p.proname, p.oid::regprocedure::text, p.proacl, null
          from pg_proc p join mine n on n.oid = p.pronamespace where p.prokind = 'f' and pg_has_role(p.proowner, 'usage'))
    select o.kind, o.schema, o.name, o.object,
      array(select lower(a.privilege_type) from aclexplode(o.acl) a where a.grantee = r.oid
            union all select 'a column' from pg_attribute t, aclexplode(t.attacl) a where t.attrelid = o.columns and a.grantee = r.oid) as held
      from objects o, pg_roles r where r.rolname = $1`,
    [role],
  );
  return rows;
}
