import type { Db } from "../connect";
import { databaseRoles } from "./database-roles";
import type { LoginNames } from "./grant-rights";

/** Functions of PostgreSQL itself that everybody may call: large objects hold anything without limit, locks of sessions stop a seal. */
const catalogueFunctions = `p.pronamespace = 'pg_catalog'::regnamespace and (p.proname ~ '^(lo_|pg_(try_)?advisory_)' or p.proname in ('loread', 'lowrite'))`;
const lockFunctions = `p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ '^pg_(try_)?advisory_'`;

/** `alone`: the whole server is Daybook's, so that its other databases are closed as well. */
export type Closing = { names: LoginNames; alone: boolean };

/**
 * Takes from PUBLIC what it has here and Daybook needs nobody to have, where this owner may. Returns in words what the application's logins can
 * still do.
 */
export async function closeToPublic(client: Db, { names, alone }: Closing): Promise<readonly string[]> {
  const { rows } = await client.query<{ statement: string }>(
    `
    select format('revoke all on schema %I from public', n.nspname) as statement from pg_namespace n
      where n.nspname in ('public', 'shadow', 'kept') and exists (select from aclexplode(n.nspacl) a where a.grantee = 0) and pg_has_role(n.nspowner, 'usage')
    union all
    select format('revoke execute on function %s from public', p.oid::regprocedure) from pg_proc p
      where p.pronamespace in ('public'::regnamespace, 'shadow'::regnamespace, 'kept'::regnamespace) and p.proowner = current_user::regrole
        and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all
    select format('revoke temporary on database %I from public', d.datname) from pg_database d
      where d.datname = current_database() and exists (select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
        where a.grantee = 0 and a.privilege_type = 'TEMPORARY') and pg_has_role(d.datdba, 'usage')
    union all
    select format('revoke execute on function %s from public', p.oid::regprocedure) from pg_proc p
      where ${catalogueFunctions} and pg_has_role(p.proowner, 'usage')
        and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
    union all
    select format('grant execute on function %s to %I', p.oid::regprocedure, r.rolname) from pg_proc p, pg_roles r
      where ${lockFunctions} and pg_has_role(p.proowner, 'usage') and r.rolname = any(array[$1, $2]::text[])
        and not exists (select from aclexplode(p.proacl) a where a.grantee = r.oid)
    union all
    select format('grant connect on database %I to %I', d.datname, r.rolname) from pg_database d, pg_roles r
      where d.datname = current_database() and r.rolname = any($3) and not has_database_privilege(r.oid, d.oid, 'connect') and pg_has_role(d.datdba, 'usage')
    union all
    select format('revoke connect, temporary on database %I from public', d.datname) from pg_database d
      where $4 and d.datname <> current_database() and exists (select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a where a.grantee = 0)`,
    [names.projector, names.sealer, Object.values(names), alone],
  );
  if (rows.length > 0) await client.query(`begin; ${rows.map(({ statement }) => statement).join("; ")}; commit`);
  return stillOpen(client, names);
}

/** In words: what one of the logins may do all the same. */
async function stillOpen(client: Db, names: LoginNames): Promise<string[]> {
  const logins = databaseRoles.map((role) => names[role]);
  const { rows } = await client.query<Record<"temporary" | "creating" | "large" | "functions", boolean> & { others: string[] }>(
    `select bool_or(has_database_privilege(r.oid, current_database(), 'temporary')) as temporary,
        bool_or(has_schema_privilege(r.oid, 'public', 'create')) as creating,
        bool_or(has_function_privilege(r.oid, 'lo_create(oid)', 'execute')) as large,
        bool_or(exists (select from pg_proc p where p.pronamespace = 'public'::regnamespace
          and not exists (select from pg_depend e where e.objid = p.oid and e.deptype = 'e')
          and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0))) as functions,
        array(select distinct d.datname::text from pg_database d join pg_roles l on l.rolname = any($1)
          where d.datname <> current_database() and d.datallowconn and has_database_privilege(l.oid, d.oid, 'connect') order by 1) as others
       from pg_roles r where r.rolname = any($1)`,
    [logins],
  );
  const [found] = rows;
  if (!found) return [];
  const others = found.others.slice(0, 3).join(", ");
  const more = found.others.length > 3 ? ` and ${found.others.length - 3} more` : "";
  return [
    ...(found.temporary ? ["temporary tables"] : []),
    ...(found.creating ? ["tables in schema public"] : []),
    ...(found.large ? ["large objects"] : []),
    ...(found.functions ? ["functions of others in schema public"] : []),
    ...(found.others.length > 0 ? [`connections to other databases (${others}${more})`] : []),
  ];
}
