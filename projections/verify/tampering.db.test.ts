import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { readBook } from "@/infra/book/book";
import { hashEvent, noHash } from "@/infra/event-log/hash";
import { logHead, type StoredEventRow, storedEventColumns } from "@/infra/event-log/read";
import { sealOnce } from "@/infra/seals/seal-once";
import { forgeEvent } from "@/infra/testing/forge-event";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { rebuild } from "../rebuild";
import { logReaders } from "../registry";
import { runOnce } from "../run-once";
import { makeHistory, seededRandom } from "../test-history";
import { flippedBit, flippedLeaf } from "./flip";
import { verifyBook } from "./verify-book";

// A superuser behind the triggers: whatever he changes, verify names the first event that is not what it was.
const { database, runtime } = await testRuntime();
const folder = mkdtempSync(path.join(tmpdir(), "daybook-tampering-"));
const sealFile = path.join(folder, "seals.txt");
const copied = [
  "events",
  "commands",
  "seals",
  "account_entries",
  "account_balances",
  "activity",
  "daily_balances",
  "snapshots",
  "projection_checkpoints",
];
let events: StoredEventRow[];
let sealedFirst: bigint;

beforeAll(async () => {
  await makeHistory(runtime, { accounts: 4, commands: 120, seed: 31 });
  await seal();
  sealedFirst = (await logHead(database.pool)).position;
  await makeHistory(runtime, { accounts: 2, commands: 60, seed: 32 });
  await seal();
  await runOnce(runtime);
  const { rows } = await database.owner.query<StoredEventRow>(`select ${storedEventColumns} from events e order by e.position`);
  events = rows;
  for (const table of ["events", "commands", "seals"]) await database.owner.query(`alter table ${table} disable trigger user`);
  for (const table of copied) await database.owner.query(`create table kept_${table} as select * from ${table}`);
});
afterEach(async () => {
  await database.owner.query(
    copied.map((table) => `delete from ${table}; insert into ${table} select * from kept_${table}`).join(";"),
  );
  expect(await verify()).toMatchObject({ ok: true, sealed: BigInt(events.length) });
});
afterAll(() => rmSync(folder, { recursive: true }));

const seal = () => sealOnce({ pool: database.pools.sealer, keys: testSecrets, file: sealFile });
const verify = () => verifyBook(runtime, () => {}, { sealFile });
const forge = (sql: string, values: unknown[] = []) => database.owner.query(sql, values);

async function fault(): Promise<string> {
  const verdict = await verify();
  return verdict.ok ? "none" : verdict.fault;
}

function at(position: number): StoredEventRow {
  const event = events[position - 1];
  if (!event) throw new Error(`no event at ${position}`);
  return event;
}

const named = ({ streamId, version, position }: Pick<StoredEventRow, "streamId" | "version" | "position">) =>
  `event ${streamId}@${version} at position ${position}:`;

/** Two events that differ in what a swap would change. */
function pair(differ: (a: StoredEventRow, b: StoredEventRow) => boolean): [StoredEventRow, StoredEventRow] {
  for (const a of events.slice(40))
    for (const b of events.slice(Number(a.position)))
      if (a.type === b.type && a.type.startsWith("Money") && differ(a, b)) return [a, b];
  throw new Error("no such pair");
}

type Flip = {
  set: string;
  value: (event: StoredEventRow, random: () => number) => unknown;
  name?: (event: StoredEventRow) => RegExp;
};

const bits = (limit: number) => (random: () => number) => 1 << Math.floor(random() * limit);
const flips: Record<string, Flip> = {
  stream_id: {
    set: "stream_id = $2",
    value: ({ streamId }, random) => flippedBit(streamId, random),
    name: ({ position }) => new RegExp(`^event .+ at position ${position}:`), // a flipped bit may make a space
  },
  version: {
    set: "version = $2",
    value: ({ version }, random) => version ^ (4_096 * bits(8)(random)),
    name: ({ position }) => new RegExp(`^event .+ at position ${position}:`), // a flipped bit may make a space
  },
  type: { set: "type = $2", value: ({ type }, random) => flippedBit(type, random) },
  schema_version: { set: "schema_version = $2", value: ({ schemaVersion }, random) => schemaVersion ^ (4 * bits(10)(random)) },
  data: { set: "data = $2", value: ({ data }, random) => flippedLeaf(data, random) },
  metadata: { set: "metadata = $2", value: ({ metadata }, random) => flippedLeaf(metadata, random) },
  effective_at: {
    set: "effective_at = $2",
    value: ({ recordedAt }, random) => new Date(recordedAt.getTime() ^ bits(20)(random)),
  },
  hash: {
    set: "hash = set_byte(hash, $2, get_byte(hash, $2) # (1 << ($2 % 8)))",
    value: (_, random) => Math.floor(random() * 32),
  },
  recorded_at: {
    set: "recorded_at = $2",
    value: ({ recordedAt }, random) => new Date(recordedAt.getTime() + bits(24)(random) * (random() < 0.5 ? 1 : -1)),
  },
  position: {
    set: "position = $2",
    value: ({ position }, random) => position ^ BigInt(4_096 * bits(16)(random)),
    // Where it stood nothing stands: the next one follows upon a gap, or the moved one itself where it was the last.
    name: ({ position }) => new RegExp(`^event \\S+ at position \\d+: the position before it is ${position - 1n}: \\d+ missing`),
  },
};

const seeds = [1, 2, 3, 4, 5, 6];
test.each(Object.keys(flips).flatMap((column) => seeds.map((seed) => [column, seed] as const)))(
  "a bit flipped in %s of any event is found, and that event is named (seed %i)",
  async (column, seed) => {
    const random = seededRandom(seed * 7_919);
    const victim = at(1 + Math.floor(random() * events.length));
    const flip = flips[column];
    if (!flip) throw new Error(column);
    const { rowCount } = await forge(`update events set ${flip.set} where position = $1`, [
      victim.position,
      flip.value(victim, random),
    ]);
    expect(rowCount).toBe(1);
    if (flip.name) expect(await fault()).toMatch(flip.name(victim));
    else expect(await fault()).toContain(named(victim));
  },
);

test("every column of an event is flipped above", async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = 'events'",
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(flips).sort());
});

const rowOf = "(type, schema_version, data, metadata, effective_at, recorded_at, hash)";
const swapped = (columns: string) => `update events e set ${columns} = (select ${columns.replace(/[()]/g, "")} from kept_events k
  where k.position = case e.position when $1::bigint then $2::bigint else $1 end) where e.position in ($1, $2)`;
const sameStream = (a: StoredEventRow, b: StoredEventRow) =>
  a.streamId === b.streamId && JSON.stringify(a.data) !== JSON.stringify(b.data);
const otherStream = (a: StoredEventRow, b: StoredEventRow) =>
  a.streamId !== b.streamId && JSON.stringify(a.data) !== JSON.stringify(b.data);

test.each([
  ["the data of two events of one account", "(data)", sameStream],
  ["the data of two events of two accounts", "(data)", otherStream],
  ["the metadata of two events", "(metadata)", sameStream],
  ["all but the names of two events of one account", rowOf, sameStream],
  ["all but the names of two events of two accounts", rowOf, otherStream],
])("%s, swapped, are found, and the first of them is named", async (_what, columns, differ) => {
  const [first, second] = pair(differ);
  await forge(swapped(columns), [first.position, second.position]);
  expect(await fault()).toContain(named(first));
});

test.each([
  ["one account", (a: StoredEventRow, b: StoredEventRow) => a.streamId === b.streamId],
  ["two accounts, recorded at one time, next to each other", (a: StoredEventRow, b: StoredEventRow) => neighbours(a, b)],
])("two events of %s that changed places are found, and the first place is named", async (_what, differ) => {
  const [first, second] = pair(differ);
  await forge("update events set position = position + 1000000 where position = $1", [first.position]);
  await forge("update events set position = $1 where position = $2", [first.position, second.position]);
  await forge("update events set position = $2 where position = $1 + 1000000", [first.position, second.position]);
  expect(await fault()).toMatch(new RegExp(`^event \\S+ at position ${first.position}:`));
});

function neighbours(a: StoredEventRow, b: StoredEventRow): boolean {
  return a.streamId !== b.streamId && b.position === a.position + 1n && a.recordedAt.getTime() === b.recordedAt.getTime();
}

test("events taken out of the middle are found by the gap", async () => {
  await forge("delete from events where position between 50 and 52");
  expect(await fault()).toMatch(/^event \S+ at position 53: the position before it is 49: 3 missing/);
});

test("a gap that was closed again is found at its place", async () => {
  await forge("delete from events where position = 50");
  await forge("update events set position = position + 1000000 where position > 50");
  await forge("update events set position = position - 1000001 where position > 1000000");
  expect(await fault()).toMatch(/^event \S+ at position 50:/);
});

test.each([1, 3, 40])(
  "the last %i events, dropped with their commands and every trace in the read models, are missed by their seal",
  async (count) => {
    await dropLast(count);
    expect(await fault()).toMatch(/^the seal over \d+ events: the log ends at position \d+: events are missing/);
  },
);

test.each([1, 3, 40])("the last %i events, dropped with their seals too, are missed by the file", async (count) => {
  await dropLast(count);
  await forge("delete from seals where size > $1", [events.length - count]);
  expect(await fault()).toMatch(/seals\.txt: knows a seal over \d+ events/);
});

async function dropLast(count: number): Promise<void> {
  const head = events.length - count;
  await forge("delete from events where position > $1", [head]);
  await forge("delete from commands where position > $1", [head]);
  for (const reader of logReaders) await rebuild(runtime, reader, () => {});
}

test("an event put behind an account's last one, right in itself, is not told from a true one, nor called sealed", async () => {
  await forgeEvent(database.owner, {
    streamId: at(1).streamId,
    type: "MoneyDeposited",
    schemaVersion: 1,
    data: { amount: { minorUnits: "5", currency: "EUR" } },
  });
  await runOnce(runtime);
  const verdict = await verify();
  expect(verdict).toMatchObject({ ok: true, events: BigInt(events.length + 1), sealed: BigInt(events.length) });
  await forge("delete from commands c where not exists (select from kept_commands k where k.id = c.id)");
  expect(await fault()).toMatch(new RegExp(`at position ${events.length + 1}: its command \\S+ is in no row of commands`));
});

test("an account's story written anew, with every hash right and all read models made from it, is found by the first seal over it", async () => {
  const victim = events.find(({ type, version }) => type === "MoneyDeposited" && version > 3);
  if (!victim || victim.position > sealedFirst) throw new Error("no deposit");
  await rewrite(victim, { ...(victim.data as object), amount: { minorUnits: "99999", currency: "EUR" } });
  for (const reader of logReaders) await rebuild(runtime, reader, () => {});
  expect(await fault()).toBe(
    `the seal over ${sealedFirst} events: its root is not that of these events: one of positions 1 to ${sealedFirst} is not what was sealed`,
  );
});

/** As the bank would have written it, had that been the data: the chain of the account holds, and its commands asked for it. */
async function rewrite({ streamId, version }: StoredEventRow, data: object): Promise<void> {
  const { id: bookId } = await readBook(database.owner);
  let previous = noHash;
  for (const event of events.filter((one) => one.streamId === streamId)) {
    const now = event.version === version ? { ...event, data } : event;
    previous = hashEvent(previous, { ...now, bookId });
    await forge("update events set data = $2, hash = $3 where position = $1", [event.position, now.data, previous]);
    await forge("update commands set input = input || $2::jsonb where id = $1 and type <> 'OpenAccount'", [
      (event.metadata as { commandId: string }).commandId,
      JSON.stringify(now.data),
    ]);
  }
}

const done = "c.actor = $1 and c.id = $2";
test.each([
  ["its id", `update commands c set id = 'cmd_01890a5d3x0000000000000000' where ${done}`, "is in no row of commands"],
  ["its actor", `update commands c set actor = 'usr_01890a5d3x0000000000000000' where ${done}`, "is in no row of commands"],
  ["its outcome", `update commands c set outcome = '{"ok": "no", "refusal": {}}' where ${done}`, "was refused"],
  [
    "the event in its outcome",
    `update commands c set outcome = jsonb_set(outcome, '{events,0}', '"acc_x@1"') where ${done}`,
    "caused other events",
  ],
  ["its position, made lower", `update commands c set position = position - 1 where ${done}`, "was decided before"],
  ["its position, made higher", `update commands c set position = position + 1 where ${done}`, "ended at position"],
  [
    "when it was recorded",
    `update commands c set recorded_at = recorded_at + interval '1 ms' where ${done}`,
    "was recorded at another time",
  ],
  [
    "when it was decided",
    `update commands c set decided_at = decided_at - interval '1 ms' where ${done}`,
    "was decided at another time",
  ],
  ["its account", `update commands c set account_ids = '{acc_x}' where ${done}`, "was for another account"],
])("a command of which somebody changed %s is found by its event", async (_what, sql, words) => {
  const victim = at(77);
  const { actor, commandId } = victim.metadata as { actor: string; commandId: string };
  expect((await forge(sql, [actor, commandId])).rowCount).toBe(1);
  expect(await fault()).toContain(`${named({ ...victim, streamId: victim.streamId as AccountId })} its command ${commandId}`);
  expect(await fault()).toContain(words);
});
