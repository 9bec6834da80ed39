import type pg from "pg";

/** The login role that the application runs as: it may append, and never change what stands. */
export type AppRole = { name: string; password: string };

/** "role and triggers", or "triggers only" where the owner may not make roles. Shown by health and terminal. */
export type LogProtection = "role and triggers" | "triggers only";

const kept = ["events", "commands", "log_gate", "book", "book_schema", "seals", "findings"];
const appFunctions = ["append_events", "hold_gate", "close_past", "append_seal", "record_finding", "close_findings_unseen"];
const rebuildFunctions = ["prepare_shadow", "complete_shadow", "swap_shadow", "unkeep", "drop_shadow"];
const insufficientPrivilege = "42501";

/** Makes the role where it may, and (re-)grants exactly what it needs. Runs as the owner, after every migration. */
export async function ensureAppRole(client: pg.Client, role: AppRole | undefined): Promise<LogProtection> {
  if (!role) return "triggers only";
  const name = client.escapeIdentifier(role.name);
  try {
    await createOrAlter(client, role);
  } catch (error) {
    if ((error as { code?: string }).code === insufficientPrivilege) return "triggers only";
    throw error;
  }
  await client.query(`
    grant usage on schema public to ${name};
    grant select on all tables in schema public to ${name};
    grant insert, update, delete on all tables in schema public to ${name};
    revoke insert, update, delete, truncate on ${kept.join(", ")} from ${name};
    grant usage on all sequences in schema public to ${name};
    grant execute on function ${[...appFunctions, ...rebuildFunctions].join(", ")} to ${name};
    grant usage on schema shadow, kept to ${name};
    grant select, insert, update, delete on all tables in schema shadow, kept to ${name};
    revoke execute on function import_events, finish_seeding, write_batch from ${name};
  `);
  return "role and triggers";
}

async function createOrAlter(client: pg.Client, role: AppRole): Promise<void> {
  const name = client.escapeIdentifier(role.name);
  const password = client.escapeLiteral(role.password);
  const { rowCount } = await client.query("select from pg_roles where rolname = $1", [role.name]);
  if (rowCount) await client.query(`alter role ${name} login password ${password}`);
  else await client.query(`create role ${name} login nosuperuser nocreatedb nocreaterole password ${password}`);
  await importRole(client);
}

/** `import_events` has a role of its own, without login: the owner takes it on while seeding, the application never can. */
async function importRole(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = 'daybook_import'");
  if (!rowCount) await client.query("create role daybook_import nologin");
  await client.query(`
    grant daybook_import to current_user;
    grant usage on schema public to daybook_import;
    grant select on all tables in schema public to daybook_import;
    grant usage on all sequences in schema public to daybook_import;
    grant execute on function import_events, hold_gate to daybook_import;
  `);
}
