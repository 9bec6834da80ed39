import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonalText } from "@/domain/personal-text";
import { newAccountId } from "../ids";
import { type TestDatabase, testDatabase } from "../testing/test-database";
import { sealText } from "./cipher";
import { forgetKey } from "./key-cache";
import { createAccountKey } from "./keys";
import { openMany, openManyFresh, type TextToOpen } from "./open-texts";

const master = randomBytes(32);
const field = "description";
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** An account with its key in the table, and a text sealed with it. */
async function account(text: string) {
  const streamId = newAccountId();
  const { wrapped, ...dataKey } = createAccountKey(master);
  await database.owner.query("insert into account_keys (key_id, stream_id, wrapped, created_at) values ($1, $2, $3, now())", [
    dataKey.keyId,
    streamId,
    wrapped,
  ]);
  return { streamId, field, keyId: dataKey.keyId, text: sealText(dataKey, { streamId, field, text }) as PersonalText };
}

const clear = (text: string) => ({ kind: "clear", text });

async function openOne(db: Parameters<typeof openMany>[0], key: Buffer, item: TextToOpen): Promise<unknown> {
  const [opened] = await openMany(db, key, [item]);
  return opened?.kind === "clear" ? opened.text : opened?.kind;
}

test("a list is opened in its order, over several accounts, with nothing where nothing stands", async () => {
  const [a, b] = [await account("rent"), await account("給料 🍰")];
  const items = [b, { ...a, text: undefined }, a, { ...a, text: { erased: "1" as const } }, b];
  expect(await openMany(database.pool, master, items)).toEqual([
    clear("給料 🍰"),
    { kind: "none" },
    clear("rent"),
    { kind: "erased" },
    clear("給料 🍰"),
  ]);
  expect(await openMany(database.pool, master, [])).toEqual([]);
});

test("keys are asked for once: a second time no query is needed", async () => {
  const a = await account("rent");
  expect(await openOne(database.pool, master, a)).toBe("rent");
  const deaf = { query: () => Promise.reject(new Error("asked again")) } as unknown as TestDatabase["pool"];
  expect(await openOne(deaf, master, a)).toBe("rent");
});

test("with the key destroyed the text is gone, for good", async () => {
  const a = await account("rent");
  await database.owner.query("select erase_account_key($1)", [a.streamId]);
  expect(await openOne(database.pool, master, a)).toBe("erased");

  const b = await account("rent");
  expect(await openOne(database.pool, master, b)).toBe("rent");
  await database.owner.query("select erase_account_key($1)", [b.streamId]);
  forgetKey(b.keyId); // whoever destroys a key forgets it; other processes do within a minute
  expect(await openOne(database.pool, master, b)).toBe("erased");
});

/** Behind the triggers, as nobody else can. */
const asSuperuser = (sql: string) => database.owner.query(`set local session_replication_role = replica; ${sql}`);

test("what does not open costs its own text and no other: another account's, another master key's, an altered one", async () => {
  const [a, b, c, d] = [await account("rent"), await account("wages"), await account("books"), await account("bread")];
  await asSuperuser(`update account_keys set wrapped = '\\x00' where key_id = '${c.keyId}'`);
  const moved = { ...a, streamId: b.streamId };
  const altered = { ...d, text: { ...d.text, ct: "AAAA" } as PersonalText };
  const unopened = { kind: "unopened" };
  expect(await openMany(database.pool, master, [moved, b, c, altered, d])).toEqual([
    unopened,
    clear("wages"),
    unopened,
    unopened,
    clear("bread"),
  ]);
  const e = await account("rent");
  expect(await openMany(database.pool, randomBytes(32), [e])).toEqual([unopened]);
  for (const item of [moved, c, altered]) await expect(openManyFresh(database.pool, master, [item])).rejects.toThrow();
});
