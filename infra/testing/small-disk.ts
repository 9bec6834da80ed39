import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A file system of a few MB, to be filled to its last byte. */
export type SmallDisk = { readonly folder: string; fill(): void; free(): void; remove(): void };

/** Undefined where this process may not mount one. */
export function smallDisk(megabytes: number, owner?: { uid: number; gid: number }): SmallDisk | undefined {
  const mount = mkdtempSync(path.join(tmpdir(), "daybook-small-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=711`, "tmpfs", mount], { stdio: "ignore" });
  } catch {
    rmdirSync(mount);
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
      execFileSync("umount", ["--lazy", mount]);
      rmdirSync(mount);
    },
  };
}
