import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonalText } from "@/domain/personal-text";
import { newAccountId } from "../ids";
import { type TestDatabase, testDatabase } from "../testing/test-database";
import { sealText } from "./cipher";
import { forgetKey } from "./key-cache";
import { createAccountKey } from "./keys";
import { openMany, openOne } from "./open-texts";

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

test("a list is opened in its order, over several accounts, with nothing where nothing stands", async () => {
  const [a, b] = [await account("rent"), await account("給料 🍰")];
  const items = [b, { ...a, text: undefined }, a, { ...a, text: { erased: "1" as const } }, b];
  expect(await openMany(database.pool, master, items)).toEqual(["給料 🍰", null, "rent", null, "給料 🍰"]);
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
  expect(await openOne(database.pool, master, a)).toBeNull();

  const b = await account("rent");
  expect(await openOne(database.pool, master, b)).toBe("rent");
  await database.owner.query("select erase_account_key($1)", [b.streamId]);
  forgetKey(b.keyId); // whoever destroys a key forgets it; other processes do within a minute
  expect(await openOne(database.pool, master, b)).toBeNull();
});

test("another account's text, or another master key, is an error and no text", async () => {
  const [a, b] = [await account("rent"), await account("rent")];
  await expect(openOne(database.pool, master, { ...a, streamId: b.streamId })).rejects.toThrow();
  const c = await account("rent");
  await expect(openOne(database.pool, randomBytes(32), c)).rejects.toThrow(/does not open with this master key/);
});
