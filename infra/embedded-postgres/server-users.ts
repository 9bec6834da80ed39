import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Place } from "@/infra/embedded-postgres/place";
import { type OsLock, tryLock } from "@/infra/processes/os-lock.mjs";

/** One who uses the server. */
export type ServerUser = { leave(): void };

/** Whoever uses the server holds a lock of his own: the last one to leave stops it. */
export function joinUsers(place: Pick<Place, "home">): ServerUser {
  const folder = usersFolder(place);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = tryLock(path.join(folder, `${randomBytes(8).toString("hex")}.lock`));
  if (!lock) throw new Error(`${folder} is locked by another program.`);
  return { leave: () => discard(lock) };
}

/** Whether another process uses the server, wherever it runs. What killed ones left is cleared away. */
export function othersUse(place: Pick<Place, "home">): boolean {
  const folder = usersFolder(place);
  let inUse = false;
  for (const name of readdirSync(folder)) {
    const lock = tryLock(path.join(folder, name));
    if (lock) discard(lock);
    else inUse = true;
  }
  return inUse;
}

const usersFolder = (place: Pick<Place, "home">) => path.join(place.home, "users");

function discard(lock: OsLock): void {
  rmSync(lock.file, { force: true }); // before it is let go: nobody else can have it by this name
  lock.release();
}
