import { beforeAll, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { newCommandId, newUserId } from "@/infra/ids";
import { cachedKey, cacheKey, forgetKey } from "@/infra/personal-text/key-cache";
import { createRuntime } from "@/infra/runtime";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { eventDetail } from "@/infra/time-travel/event-detail";
import { timelinePage } from "@/infra/time-travel/timeline";
import { advance } from "./advance";
import { eraseTexts, textsOf } from "./erase-texts";
import { retryParked } from "./parked/retry-parked";
import { failingAt, isEvent } from "./parked/testing/failing-fold";
import { rebuild } from "./rebuild";
import { logReaders } from "./registry";
import { runOnce } from "./run-once";
import { startRunner } from "./runner";
import { verifyBook } from "./verify/verify-book";

const marker = "Zwetschgendatschi";
const { database, runtime } = await testRuntime();
let accountId: AccountId;
let other: AccountId;
const holder = customer();
const auditor: Actor = { userId: newUserId(), partyId: null, role: "auditor", authStrength: "password" };

beforeAll(async () => {
  [accountId, other] = [await openAccount(runtime, holder), await openAccount(runtime, holder)];
  for (let i = 0; i < 12; i++) await give(deposit(accountId, 5n, `${marker} ${i}`), { runtime, actor: holder });
  await give(deposit(other, 5n, "plum cake"), { runtime, actor: holder });
  await runOnce(runtime);
});

/** Every table that holds the word anywhere, as text. */
async function tablesWith(word: string): Promise<string[]> {
  const { rows } = await database.owner.query<{ name: string }>(
    "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'",
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await database.owner.query(`select from "${name}" t where t::text like '%' || $1 || '%' limit 1`, [
      word,
    ]);
    if (rowCount) found.push(name);
  }
  return found.sort();
}

test("erasing takes the texts of one account out of every table, while appends and projections go on, and the book still verifies", async () => {
  expect(await tablesWith(marker)).toContain("account_entries");
  const { rows: before } = await database.owner.query("select * from events order by position");
  const runner = startRunner(runtime);
  let going = true;
  const load = (async () => {
    while (going) await give(deposit(accountId, 1n, `${marker} meanwhile`), { runtime, actor: holder });
  })();
  const elsewhere = createRuntime({ urls: database.urls, keys: testSecrets }); // as the terminal is
  const outcome = await eraseTexts(database.owner, accountId);
  expect(outcome).toMatchObject({ kind: "erased" });
  going = false;
  await load;
  await runner.stop();
  await runOnce(runtime);

  expect(await tablesWith(marker)).toEqual([]);
  expect(await tablesWith("plum cake")).toContain("account_entries");
  const { rows: after } = await database.owner.query("select * from events order by position limit $1", [before.length]);
  expect(after).toEqual(before);
  expect(await verifyBook(elsewhere, () => {})).toMatchObject({ ok: true });
  await elsewhere.close();
});

test("a process that still has the key in its cache writes no text down either", async () => {
  const sister = await openAccount(runtime, holder);
  await give(deposit(sister, 5n, `${marker} before`), { runtime, actor: holder });
  await runOnce(runtime);
  await timelinePage(runtime, holder, sister, { order: "newest", limit: 1 });
  const { rows } = await database.pool.query<{ id: string }>("select key_id as id from account_keys where stream_id = $1", [
    sister,
  ]);
  const held = cachedKey(rows[0]?.id ?? "");
  if (!held) throw new Error("no key in the cache");
  await eraseTexts(database.owner, sister);
  cacheKey(held);
  await give(deposit(sister, 5n, `${marker} after`), { runtime, actor: holder });
  await runOnce(runtime);
  expect(await tablesWith(marker)).toEqual([]);
  forgetKey(held.keyId);
});

test("texts erased while a read model holds the account do not come back by a retry", async () => {
  const held = await openAccount(runtime, holder);
  for (const i of [1, 2, 3]) await give(deposit(held, 5n, `${marker} held ${i}`), { runtime, actor: holder });
  const withTexts = logReaders.filter(({ eraseTexts: erases }) => erases);
  for (const reader of withTexts) while ((await advance(runtime, failingAt(reader, isEvent(held, 3)))).kind === "applied");
  await eraseTexts(database.owner, held);
  for (const reader of withTexts)
    expect(await retryParked(runtime, { reader: reader.name, accountId: held })).toEqual({ kind: "posted", events: 2 });
  await runOnce(runtime);
  expect(await tablesWith(marker)).toEqual([]);
});

test("a command sent again after its text was erased is answered as before, whatever the text; other input is still refused", async () => {
  const erased = await openAccount(runtime, holder);
  const commandId = newCommandId();
  const first = await give(deposit(erased, 5n, `${marker} asked`), { runtime, actor: holder, commandId });
  const again = (minorUnits: bigint, text: string | undefined, bank: typeof runtime) =>
    give(deposit(erased, minorUnits, text), { runtime: bank, actor: holder, commandId });
  expect(await again(5n, `${marker} guessed`, runtime)).toEqual({ kind: "mismatch", fields: ["description"] });
  await eraseTexts(database.owner, erased);
  const later = createRuntime({ urls: database.urls, keys: testSecrets }); // holds no state from before
  expect(await again(5n, `${marker} asked`, later)).toEqual({ ...first, replayed: true });
  expect(await again(5n, `${marker} guessed`, later)).toEqual({ ...first, replayed: true });
  expect(await again(6n, `${marker} asked`, later)).toEqual({ kind: "mismatch", fields: ["amount"] });
  expect(await again(5n, undefined, later)).toEqual({ kind: "mismatch", fields: ["description"] });
  await later.close();
});

test("a command's row holds its text sealed by the account's key, and no other trace of it that a guess could be tried on", async () => {
  const { rows } = await database.owner.query<{ fields: string[] }>(
    `select distinct array(select jsonb_object_keys(to_jsonb(c)) order by 1) as fields from commands c`,
  );
  expect(rows).toHaveLength(1);
  const clear = ["account_ids", "actor", "context", "decided_at", "id", "outcome", "position", "recorded_at", "type", "versions"];
  expect(rows[0]?.fields).toEqual([...clear, "input"].sort()); // a new column: does it come of a text?
  const { rows: sealed } = await database.owner.query<{ text: object }>(
    "select c.input -> 'description' as text from commands c where c.account_ids[1] = $1 and c.input ? 'description'",
    [accountId],
  );
  for (const { text } of sealed) expect([["ct", "enc", "iv", "key"], ["erased"]]).toContainEqual(Object.keys(text).sort());
});

test("timeline and inspector say that a text was erased, and not that there was none", async () => {
  const page = await timelinePage(runtime, holder, accountId, { order: "oldest", limit: 3 });
  expect(page?.events).toMatchObject([false, true, true].map((erased) => ({ description: null, erased, unopened: false })));
  expect((await eventDetail(runtime, auditor, accountId, 2))?.event).toMatchObject({ description: null, erased: true });
  const [shown] = (await timelinePage(runtime, holder, other, { order: "newest", limit: 1 }))?.events ?? [];
  expect(shown).toMatchObject({ description: "plum cake", erased: false });
});

test("a rebuild from the first event brings nothing back, and later deposits keep no text", async () => {
  const fresh = createRuntime({ urls: database.urls, keys: testSecrets });
  await give(deposit(accountId, 3n, `${marker} after`), { runtime: fresh, actor: holder });
  for (const reader of logReaders) await rebuild(fresh, reader, () => {});
  expect(await tablesWith(marker)).toEqual([]);
  const { rows } = await database.pool.query(
    "select data -> 'description' as text from events where stream_id = $1 order by version desc limit 1",
    [accountId],
  );
  expect(rows).toEqual([{ text: { erased: "1" } }]);
  expect(await verifyBook(fresh, () => {})).toMatchObject({ ok: true });
  await fresh.close();
});

test("erasing is written down, without a text; a second time it says when it was", async () => {
  const { rows } = await database.owner.query("select kind, detail from security_log where kind = 'texts_erased'");
  expect(rows).toContainEqual({ kind: "texts_erased", detail: expect.objectContaining({ accountId }) });
  expect(await eraseTexts(database.owner, accountId)).toMatchObject({ kind: "erased_before", at: expect.any(Date) });
  expect((await textsOf(runtime.pool, accountId))?.erasedAt).toBeInstanceOf(Date);
  const missing = await openAccount(runtime, holder);
  expect(await eraseTexts(database.owner, missing.replace(/.{4}$/, "zzzz") as AccountId)).toEqual({ kind: "no_such_account" });
});

test("every reader that leaves texts in a table can take them out again", async () => {
  const tables = await tablesWith("plum cake");
  const writers = logReaders.filter(({ eraseTexts: erases }) => erases).map(({ name }) => name);
  expect(tables.filter((table) => !writers.includes(table))).toEqual([]);
});
