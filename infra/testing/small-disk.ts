import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type OsLock, tryLock } from "../processes/os-lock.mjs";

const prefix = path.join(tmpdir(), "daybook-small-disk-");

/** A file system of a few MB, to be filled to its last byte. */
export type SmallDisk = { readonly folder: string; fill(): void; free(): void; remove(): void };

/** Undefined where this process may not mount one. */
export function smallDisk(megabytes: number, owner?: { uid: number; gid: number }): SmallDisk | undefined {
  clearAbandoned();
  const mount = `${prefix}${randomBytes(6).toString("hex")}`;
  const claim = tryLock(claimFile(mount));
  if (!claim) throw new Error(`${mount} was taken by another run.`);
  mkdirSync(mount);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=711`, "tmpfs", mount], { stdio: "ignore" });
  } catch {
    rmdirSync(mount);
    giveUp(claim);
    return undefined;
  }
  if (owner) chownSync(mount, owner.uid, owner.gid);
  const ballast = path.join(mount, "ballast");
  return {
    folder: mount,
    fill() {
      for (const size of [1 << 20, 4_096]) {
        try {
          for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: "a" });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
        }
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove() {
      unmount(mount);
      giveUp(claim);
    },
  };
}

const claimFile = (mount: string) => `${mount}.lock`;

function unmount(mount: string): void {
  execFileSync("umount", ["--lazy", mount], { stdio: "ignore" });
  rmdirSync(mount);
}

function giveUp(claim: OsLock): void {
  rmSync(claim.file, { force: true });
  claim.release();
}

/** Gives back the memory of those whose tests were killed. */
function clearAbandoned(): void {
  for (const entry of readdirSync(tmpdir(), { withFileTypes: true })) {
    const mount = path.join(tmpdir(), entry.name);
    const claim = entry.isDirectory() && mount.startsWith(prefix) ? tryLock(claimFile(mount)) : undefined;
    if (!claim) continue;
    unmount(mount);
    giveUp(claim);
  }
}
