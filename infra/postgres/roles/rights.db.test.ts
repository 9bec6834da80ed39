import { afterAll, beforeAll, expect, test } from "vitest";
import { type OwnBook, ownBook } from "@/infra/testing/own-book";
import { type DatabaseRole, databaseRoles } from "./database-roles";

// Who may do what, decided here once more and by hand: a new table, function or sequence fails until somebody has written down who needs it.

const tables: Record<string, Partial<Record<DatabaseRole, string>>> = {
  account_balances: { reader: "r", projector: "rwud", sealer: "r" },
  account_entries: { reader: "r", projector: "rwud", sealer: "r" },
  account_keys: { reader: "r", writer: "r", projector: "r", sealer: "r" },
  account_nicknames: { identity: "rwud" },
  activity: { reader: "r", projector: "rwud", sealer: "r" },
  book: { reader: "r", writer: "r", projector: "r", sealer: "r", identity: "r" },
  book_schema: { reader: "r", writer: "r", sealer: "r" },
  book_verifications: { reader: "r", sealer: "rw" },
  commands: { reader: "r", writer: "r", projector: "r", sealer: "r" },
  credentials: { identity: "rwud" },
  daily_balances: { reader: "r", projector: "rwud", sealer: "r" },
  events: { reader: "r", writer: "r", projector: "r", sealer: "r" },
  findings: { reader: "r", writer: "r", sealer: "r" },
  known_devices: { identity: "rwud" },
  log_gate: { reader: "r", writer: "r", projector: "r", sealer: "r" },
  parked_accounts: { reader: "r", projector: "rwud", sealer: "r" },
  parties: { reader: "r", identity: "rwu" },
  party_names: { reader: "r", identity: "rw" },
  projection_checkpoints: { reader: "r", projector: "rwud", sealer: "r" },
  rebuild_workers: { reader: "r", projector: "rwud", sealer: "r" },
  rebuilds: { reader: "r", projector: "rwud", sealer: "r" },
  seal_subtrees: { reader: "r", sealer: "rwu" },
  seals: { reader: "r", sealer: "r" },
  secret_marks: {},
  security_log: { identity: "w" },
  sessions: { identity: "rwud" },
  sign_in_attempts: { identity: "rwud" },
  snapshots: { reader: "r", writer: "r", projector: "rwud", sealer: "r" },
  users: { reader: "r", identity: "rwu" },
  verifications: { identity: "rwud" },
  verifier: { reader: "r", sealer: "ru" },
  viewer_settings: { identity: "rwu" },
};

const functions: Record<string, readonly DatabaseRole[]> = {
  append_events: ["writer"],
  append_seal: ["sealer"],
  close_findings_unseen: ["sealer"],
  close_past: ["writer"],
  complete_shadow: ["projector"],
  copy_grants: [],
  drop_copies: [],
  drop_shadow: ["projector"],
  erase_account_key: [],
  event_digest: ["reader", "sealer"],
  finish_seeding: [],
  hold_gate: ["writer"],
  import_events: [],
  index_shadow: [],
  keep_schema_rising: [],
  must_be_read_model: [],
  new_customer_number: ["identity"],
  prepare_shadow: ["projector"],
  raise_schema_floor: [],
  record_finding: ["sealer"],
  refuse_book_change: [],
  refuse_change: [],
  refuse_finding_change: [],
  refuse_key_change: [],
  shape_of: [],
  swap_shadow: ["projector"],
  unkeep: ["projector"],
  write_batch: [],
};

const sequences: Record<string, readonly DatabaseRole[]> = {
  account_numbers: ["writer"],
  book_verifications_id_seq: [],
  customer_numbers: ["identity"],
  findings_id_seq: [],
};

const schemas: Record<string, readonly DatabaseRole[]> = {
  drizzle: [],
  kept: ["reader", "projector"],
  public: databaseRoles,
  shadow: ["reader", "projector"],
};

let book: OwnBook;
beforeAll(async () => {
  book = await ownBook();
});
afterAll(() => book.close());

const login = (role: DatabaseRole) => `daybook_faults_${role}`;

/** Whatever each role may do, its own or by way of PUBLIC or another role. */
async function found<Row extends { name: string; role: DatabaseRole }>(sql: string): Promise<Row[]> {
  return book.asOwner<Row>(sql, [databaseRoles, databaseRoles.map(login)]);
}

test("every role may do with every table exactly what is written here", async () => {
  const rows = await found<{ name: string; role: DatabaseRole; rights: string }>(
    `select c.relname as name, r.role, (select string_agg(p.letter, '' order by p.n) from unnest(
        array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'], array['r', 'w', 'u', 'd', 't', 'x', 'g'])
        with ordinality p(name, letter, n) where has_table_privilege(r.login, c.oid, p.name)) as rights
       from pg_class c, unnest($1::text[], $2::text[]) r(role, login)
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1, 2`,
  );
  const may: Record<string, Record<string, string>> = {};
  for (const { name, role, rights } of rows) {
    may[name] ??= {};
    if (rights) Object.assign(may[name], { [role]: rights });
  }
  expect(may).toEqual(tables);
});

test("no role has a right on a column alone, nor on a table outside Daybook's schemas", async () => {
  expect(
    await book.asOwner(
      `select a.attrelid::regclass::text as table, a.attname from pg_attribute a where a.attacl is not null and a.attrelid in
         (select oid from pg_class where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace))`,
    ),
  ).toEqual([]);
  expect(
    await book.asOwner("select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema)' order by 1"),
  ).toEqual(Object.keys(schemas).map((name) => ({ name })));
});

test.each([
  [
    "function",
    functions,
    "select p.proname as name, r.role from pg_proc p, unnest($1::text[], $2::text[]) r(role, login) where p.pronamespace in ('public'::regnamespace, 'shadow'::regnamespace, 'kept'::regnamespace) and has_function_privilege(r.login, p.oid, 'execute')",
    "select proname as name from pg_proc where pronamespace = 'public'::regnamespace",
  ],
  [
    "sequence",
    sequences,
    "select c.relname as name, r.role from pg_class c, unnest($1::text[], $2::text[]) r(role, login) where c.relkind = 'S' and has_sequence_privilege(r.login, c.oid, 'usage')",
    "select relname as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace",
  ],
  [
    "schema",
    schemas,
    "select n.nspname as name, r.role from pg_namespace n, unnest($1::text[], $2::text[]) r(role, login) where n.nspname !~ '^(pg_|information_schema)' and has_schema_privilege(r.login, n.oid, 'usage')",
    "select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema)'",
  ],
] as const)("every %s is open to exactly those that are written here", async (_, decided, sql, all) => {
  const may: Record<string, DatabaseRole[]> = {};
  for (const { name } of await book.asOwner<{ name: string }>(all)) may[name] = [];
  for (const { name, role } of await found(sql)) may[name]?.push(role);
  const sorted = (given: Record<string, readonly string[]>) =>
    Object.fromEntries(Object.entries(given).map(([name, roles]) => [name, [...roles].sort()]));
  expect(sorted(may)).toEqual(sorted(decided));
});

test("a copy of a read model has the rights of the table whose place it may take", async () => {
  await book.asOwner("select prepare_shadow('account_entries', array[]::text[])");
  const rights = (schema: string) =>
    book.asOwner(
      `select pg_get_userbyid(a.grantee) as login, a.privilege_type as right from pg_class c, aclexplode(c.relacl) a
        where c.oid = '${schema}.account_entries'::regclass and a.grantee <> c.relowner order by 1, 2`,
    );
  expect(await rights("shadow")).toEqual(await rights("public"));
  await book.asOwner("select drop_shadow('account_entries')");
});

test("every function that works as its owner looks for names where nobody else can put any", async () => {
  expect(
    await book.asOwner(
      `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname in ('public', 'shadow', 'kept')
          and not coalesce(p.proconfig::text ~ 'search_path=(public|pg_catalog), pg_temp', false)`,
    ),
  ).toEqual([]);
});

test("a login is nothing but a login: no superuser, no member of any other role, no owner of anything", async () => {
  expect(
    await book.asOwner(
      `select r.rolname from pg_roles r where r.rolname = any($1) and (r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls
         or exists (select from pg_auth_members m where m.member = r.oid) or exists (select from pg_class c where c.relowner = r.oid))`,
      [databaseRoles.map(login)],
    ),
  ).toEqual([]);
});
