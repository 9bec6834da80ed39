import { createHash } from "node:crypto";
import type pg from "pg";
import type { BookKeys } from "../book/ensure-book";
import type { LockWait } from "../postgres/lock-wait";
import { underMigrationLock } from "../postgres/migrate";
import { schemaVersion } from "../postgres/schema-version";
import { backedUpTables } from "./backed-up-tables";
import type { BackupHeader, BackupManifest, TableEnd } from "./backup-format";
import { backupLines, checkBackup } from "./read-backup";

const bytesPerInsert = 4_000_000;

/** Left unused behind the last number that the backup knows: those that were given out after it was taken are not given out again. */
export const numbersSkipped = 100_000n;

type Options = Pick<LockWait, "tell"> & {
  ownerUrl: string;
  keys: BookKeys;
  file: string;
  /** After every insert. */
  onRows?: (done: number) => void;
  rowsPerInsert?: number;
};

/** What is put in with one statement. */
type Batches = { rowsMax: number; onRows: (done: number) => void };

/**
 * Puts the book of a backup into a database that holds none: its schema is made, then all rows come in one transaction, which ends only where
 * every count, every checksum and the log's last event are those of the backup. Otherwise the database holds no book, as before.
 * Read models are left empty: whoever calls follows the log, or the bank does at its start. Runs as the owner.
 */
export async function restoreBackup({
  ownerUrl,
  keys,
  file,
  onRows = () => {},
  rowsPerInsert = 1_000,
  tell,
}: Options): Promise<BackupHeader> {
  const header = await checkBackup(file, keys);
  const putIn = async (client: pg.Client, migrate: () => Promise<unknown>): Promise<void> => {
    await mustBeEmpty(client);
    await migrate();
    await mustBeOfSchema(client, header);
    await client.query("begin");
    const manifest = await insertAll(client, file, { rowsMax: rowsPerInsert, onRows });
    await mustBeHead(client, header);
    await moveSequences(client, manifest);
    await client.query("commit");
    await client.query("analyze"); // nobody else has, and the first questions come now
  };
  await underMigrationLock(ownerUrl, putIn, { ...(tell && { tell }) });
  return header;
}

async function mustBeEmpty(client: pg.Client): Promise<void> {
  for (const { name } of backedUpTables) {
    if (name === "log_gate") continue; // its row comes with the schema
    const { rows } = await client.query<{ there: boolean }>("select to_regclass($1) is not null as there", [`public.${name}`]);
    if (!rows[0]?.there) continue;
    const { rowCount } = await client.query(`select from ${client.escapeIdentifier(name)} limit 1`);
    if (rowCount)
      throw new Error(`This database holds a book already (${name} has rows): a backup is restored into an empty one only.`);
  }
}

async function mustBeOfSchema(client: pg.Client, { schema }: BackupHeader): Promise<void> {
  const here = await schemaVersion(client);
  if (here?.hash === schema.hash && here.migratedTo === schema.migratedTo) return;
  const [of, is] = [schema.migratedTo, here?.migratedTo ?? "0"].map((ms) => new Date(Number(ms)).toISOString());
  throw new Error(
    `The backup is of the schema of ${of}, and this build's is of ${is}: restore it with the build that wrote it, into an empty database; then start this one.`,
  );
}

/** Table after table, each held against its checksum. @throws where the file ends before it says that it is whole. */
async function insertAll(client: pg.Client, file: string, batches: Batches): Promise<BackupManifest> {
  const ends: TableEnd[] = [];
  let table: TableInsert | undefined;
  let done = 0;
  const onRows = (rows: number) => {
    done += rows;
    batches.onRows(done);
  };
  for await (const line of backupLines(file)) {
    if (line.kind === "begin") table = await tableInsert(client, line.table, { ...batches, onRows });
    else if (line.kind === "row" && table) await table.add(line.json);
    else if (line.kind === "end" && table) {
      const found = await table.end();
      if (found.table !== line.end.table || found.rows !== line.end.rows || found.sha256 !== line.end.sha256)
        throw new Error(`${file} is damaged: ${found.table} is not what was written.`);
      ends.push(found);
    } else if (line.kind === "manifest") {
      if (JSON.stringify(ends) !== JSON.stringify(line.manifest.tables) || ends.length !== backedUpTables.length)
        throw new Error(`${file} is damaged: it does not hold the tables that it names.`);
      return line.manifest;
    } else throw new Error(`${file} is damaged: its lines are in another order.`);
  }
  throw new Error(`${file} is cut short.`);
}

type TableInsert = { add(json: string): Promise<void>; end(): Promise<TableEnd> };

async function tableInsert(client: pg.Client, name: string, { rowsMax, onRows }: Batches): Promise<TableInsert> {
  if (!backedUpTables.some((known) => known.name === name))
    throw new Error(`The backup holds ${name}, which this build does not know.`);
  const { rows: columns } = await client.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 order by ordinal_position",
    [name],
  );
  const table = client.escapeIdentifier(name);
  const list = columns.map((column) => client.escapeIdentifier(column.name)).join(", ");
  if (name === "log_gate") await client.query("delete from log_gate"); // the one that came with the schema
  const text = `insert into ${table} (${list}) overriding system value select ${list} from json_populate_recordset(null::${table}, $1::json)`;
  const sum = createHash("sha256");
  let waiting: string[] = [];
  let [bytes, written] = [0, 0n];

  async function write(): Promise<void> {
    const { rowCount } = await client.query(text, [`[${waiting.join(",")}]`]);
    written += BigInt(rowCount ?? 0);
    onRows(waiting.length);
    [waiting, bytes] = [[], 0];
  }
  return {
    async add(json) {
      sum.update(json).update("\n");
      waiting.push(json);
      bytes += json.length;
      if (waiting.length >= rowsMax || bytes >= bytesPerInsert) await write();
    },
    async end() {
      if (waiting.length > 0) await write();
      return { table: name, rows: written.toString(), sha256: sum.digest("hex") };
    },
  };
}

async function mustBeHead(client: pg.Client, { head, bookId }: BackupHeader): Promise<void> {
  const { rows } = await client.query<{ same: boolean }>(
    `select b.id = $3 and coalesce(h.position, 0)::text = $1 and encode(h.hash, 'hex') is not distinct from $2 as same
       from book b left join lateral (select position, hash from events order by position desc limit 1) h on true`,
    [head.position, head.hash, bookId],
  );
  if (rows[0]?.same !== true) throw new Error("The backup is damaged: its log does not end in the event that its header names.");
}

async function moveSequences(client: pg.Client, { accountNumbers }: BackupManifest): Promise<void> {
  await client.query("select setval('account_numbers', $1)", [BigInt(accountNumbers) + numbersSkipped]);
  await client.query(
    "select setval('customer_numbers', coalesce(max(right(customer_number, 8)::bigint), 0) + 1, false) from parties",
  );
  for (const table of ["book_verifications", "findings"])
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', 'id'), greatest(max(id), 1), max(id) is not null) from ${table}`,
    );
}
