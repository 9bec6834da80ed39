import { existsSync } from "node:fs";
import path from "node:path";
import type { Place } from "@/infra/embedded-postgres/place";
import { holderOf, mustExclude, type OsLock, tryLock } from "@/infra/processes/os-lock.mjs";

/** The right to run a server on a data folder. It lives as long as any process that was given `descriptors`. */
export type ServerLock = { readonly descriptors: readonly number[]; release(): void };

const nameFile = (place: Pick<Place, "home">) => path.join(place.home, "postgres.lock");

/**
 * Takes the right to run a server on this folder; undefined where any process of another one is still there, seen or unseen from here.
 * Two files are locked: one that says who holds it, and one of the database's own, which nobody deletes as a leftover.
 */
export function tryServerLock(place: Pick<Place, "home">): ServerLock | undefined {
  const named = tryLock(nameFile(place));
  if (!named) return undefined;
  try {
    mustExclude(named);
    const own = tryLock(path.join(place.home, "data/PG_VERSION"), { foreign: true });
    if (own) return join([named, own]);
    named.release();
    return undefined;
  } catch (error) {
    named.release();
    throw error;
  }
}

/** Who started the server that holds the folder, in words. */
export function serverHolder(place: Pick<Place, "home">): string {
  return existsSync(nameFile(place)) ? holderOf(nameFile(place)) : "by a process that left no name";
}

function join(locks: readonly OsLock[]): ServerLock {
  return {
    descriptors: locks.map(({ fd }) => fd),
    release: () => {
      for (const lock of locks) lock.release();
    },
  };
}
