import type { PersonalText } from "@/domain/personal-text";
import { logger } from "../logging/logger";
import type { Db } from "../postgres/connect";
import { type DataKey, openText, type TextPlace } from "./cipher";
import { cachedKey, cacheKey } from "./key-cache";
import { unwrapKey } from "./keys";

export type TextToOpen = TextPlace & { text: PersonalText | undefined };

/** `none`: never written. `erased`: with its key. `unopened`: key, place or ciphertext are not those that it was written with. */
export type OpenedText = { kind: "clear"; text: string } | { kind: "none" | "erased" | "unopened" };

/** A list for a screen, in its order, with at most one query for the keys that are not cached. One that does not open costs no other. */
export async function openMany(db: Db, master: Buffer, items: readonly TextToOpen[]): Promise<OpenedText[]> {
  const found = new Map<string, DataKey>();
  const missing: string[] = [];
  for (const keyId of keyIdsOf(items)) {
    const cached = cachedKey(keyId);
    if (cached) found.set(keyId, cached);
    else missing.push(keyId);
  }
  const unopened = new Set<string>();
  for (const { keyId, wrapped } of await loadWrapped(db, missing)) {
    const dataKey = orUndefined(() => unwrapKey(master, keyId, wrapped));
    if (dataKey) cacheKey(dataKey);
    if (dataKey) found.set(keyId, dataKey);
    else unopened.add(keyId);
  }
  return items.map(({ text, ...place }) => {
    if (text === undefined) return { kind: "none" };
    const opened = orUndefined(() => clear(text, place, found));
    if (opened === undefined || ("enc" in text && unopened.has(text.key))) {
      logger.error({ account: place.streamId }, "a text of an account does not open: run verify");
      return { kind: "unopened" };
    }
    return opened === null ? { kind: "erased" } : { kind: "clear", text: opened };
  });
}

/** Undefined: it does not open. Both of them throw for that alone. */
function orUndefined<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}

/**
 * Clear texts, or null where there is none, with the keys as they stand in this very transaction: for whoever writes texts down, or
 * holds them against such a table. @throws where one does not open.
 */
export async function openManyFresh(db: Db, master: Buffer, items: readonly TextToOpen[]): Promise<(string | null)[]> {
  const keys = await loadWrapped(db, [...keyIdsOf(items)]);
  const found = new Map(keys.map(({ keyId, wrapped }) => [keyId, unwrapKey(master, keyId, wrapped)]));
  return items.map(({ text, ...place }) => clear(text, place, found));
}

function keyIdsOf(items: readonly TextToOpen[]): ReadonlySet<string> {
  return new Set(items.flatMap(({ text }) => (text && "enc" in text ? [text.key] : [])));
}

async function loadWrapped(db: Db, keyIds: readonly string[]): Promise<{ keyId: string; wrapped: Buffer }[]> {
  if (keyIds.length === 0) return [];
  const { rows } = await db.query<{ keyId: string; wrapped: Buffer | null }>({
    name: "load_data_keys",
    text: `select key_id as "keyId", wrapped from account_keys where key_id = any($1)`,
    values: [keyIds],
  });
  return rows.flatMap(({ keyId, wrapped }) => (wrapped ? [{ keyId, wrapped }] : [])); // destroyed: its texts are erased
}

function clear(text: PersonalText | undefined, place: TextPlace, keys: ReadonlyMap<string, DataKey>): string | null {
  if (text === undefined || "erased" in text) return null;
  if ("plain" in text) return text.plain;
  const dataKey = keys.get(text.key);
  return dataKey ? openText(dataKey, text, place) : null;
}
