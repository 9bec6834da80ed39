import type { PersonalText } from "@/domain/personal-text";
import type { Db } from "../postgres/connect";
import { type DataKey, openText, type TextPlace } from "./cipher";
import { cachedKey, cacheKey } from "./key-cache";
import { unwrapKey } from "./keys";

export type TextToOpen = TextPlace & { text: PersonalText | undefined };

/** Clear text, or null where there is none: never written, or erased with its key. */
export async function openOne(db: Db, master: Buffer, item: TextToOpen): Promise<string | null> {
  const [text = null] = await openMany(db, master, [item]);
  return text;
}

/** The same for a list, in its order, with at most one query for the keys that are not cached. */
export async function openMany(db: Db, master: Buffer, items: readonly TextToOpen[]): Promise<(string | null)[]> {
  const found = new Map<string, DataKey>();
  const missing: string[] = [];
  for (const keyId of keyIdsOf(items)) {
    const cached = cachedKey(keyId);
    if (cached) found.set(keyId, cached);
    else missing.push(keyId);
  }
  for (const dataKey of await loadKeys(db, master, missing)) {
    cacheKey(dataKey);
    found.set(dataKey.keyId, dataKey);
  }
  return items.map(({ text, ...place }) => clear(text, place, found));
}

/** The same with the keys as they stand in this very transaction: for whoever writes texts down, or holds them against such a table. */
export async function openManyFresh(db: Db, master: Buffer, items: readonly TextToOpen[]): Promise<(string | null)[]> {
  const keys = await loadKeys(db, master, [...keyIdsOf(items)]);
  const found = new Map(keys.map((dataKey) => [dataKey.keyId, dataKey]));
  return items.map(({ text, ...place }) => clear(text, place, found));
}

function keyIdsOf(items: readonly TextToOpen[]): ReadonlySet<string> {
  return new Set(items.flatMap(({ text }) => (text && "enc" in text ? [text.key] : [])));
}

async function loadKeys(db: Db, master: Buffer, keyIds: readonly string[]): Promise<DataKey[]> {
  if (keyIds.length === 0) return [];
  const { rows } = await db.query<{ keyId: string; wrapped: Buffer | null }>({
    name: "load_data_keys",
    text: `select key_id as "keyId", wrapped from account_keys where key_id = any($1)`,
    values: [keyIds],
  });
  return rows.flatMap(({ keyId, wrapped }) => (wrapped ? [unwrapKey(master, keyId, wrapped)] : [])); // destroyed: its texts are erased
}

function clear(text: PersonalText | undefined, place: TextPlace, keys: ReadonlyMap<string, DataKey>): string | null {
  if (text === undefined || "erased" in text) return null;
  if ("plain" in text) return text.plain;
  const dataKey = keys.get(text.key);
  return dataKey ? openText(dataKey, text, place) : null;
}
