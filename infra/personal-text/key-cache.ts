import type { DataKey } from "./cipher";

const KEYS_MAX = 20_000;
/** How long another process may still open texts of an account whose key was destroyed. */
const LIFE_MS = 60_000;

type Entry = { dataKey: DataKey; readAtMs: number };

// Next loads a module several times in one process: one cache for all of them, so that forgetting a key forgets it everywhere.
const place = Symbol.for("daybook.data-keys.1");
const shared = globalThis as { [place]?: Map<string, Entry> };
shared[place] ??= new Map();
const entries = shared[place];

export function cachedKey(keyId: string): DataKey | undefined {
  const entry = entries.get(keyId);
  if (entry === undefined) return undefined;
  entries.delete(keyId);
  if (performance.now() - entry.readAtMs > LIFE_MS) return undefined;
  entries.set(keyId, entry); // last in the map is last used
  return entry.dataKey;
}

export function cacheKey(dataKey: DataKey): void {
  entries.delete(dataKey.keyId);
  entries.set(dataKey.keyId, { dataKey, readAtMs: performance.now() });
  if (entries.size > KEYS_MAX) for (const oldest of entries.keys()) return void entries.delete(oldest);
}

/** After a key was destroyed. */
export function forgetKey(keyId: string): void {
  entries.delete(keyId);
}
