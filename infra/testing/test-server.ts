import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { binariesIn, packagedBinaries } from "@/infra/embedded-postgres/binaries";
import { startEmbeddedPostgres } from "@/infra/embedded-postgres/embedded-postgres";
import { removeEmbeddedPostgres } from "@/infra/embedded-postgres/remove";
import { type OsLock, tryLock } from "@/infra/processes/os-lock.mjs";

const folder = path.resolve(".data/tests");

/**
 * A PostgreSQL for one run of the tests: TEST_DATABASE_URL where it is set, else one of our own in a folder of its own
 * (from the installation TEST_POSTGRES_ROOT, as /usr/lib/postgresql/15, or the embedded one).
 */
export async function startTestServer(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { adminUrl: given, stop: async () => undefined };

  await clearAbandoned();
  const own = claimFolder();
  const home = path.join(own, "postgres");
  const root = process.env.TEST_POSTGRES_ROOT;
  const server = await startEmbeddedPostgres({ home, binaries: root ? binariesIn(root) : packagedBinaries() });
  return { adminUrl: server.ownerUrl, stop: () => removeRun(own) };
}

const claims = new Map<string, OsLock>();

/** A new folder, locked for as long as this process runs, so that a later run can tell whether it was abandoned. */
export function claimFolder(): string {
  const own = path.join(folder, `${process.pid}-${randomBytes(3).toString("hex")}`);
  mkdirSync(folder, { recursive: true });
  const claim = tryLock(claimFile(own)); // before the folder is there: nobody takes it for abandoned
  if (!claim) throw new Error(`${own} was taken by another run.`);
  mkdirSync(own);
  claims.set(own, claim);
  return own;
}

/** Ends and deletes what earlier runs left that were killed. */
export async function clearAbandoned(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const own = path.join(folder, entry.name);
    const claim = entry.isDirectory() ? tryLock(claimFile(own)) : undefined;
    if (!claim) continue;
    await removeRun(own);
    claim.release();
  }
}

/** Deletes the folder of a run together with its server, and the server's replica where it has one. */
export async function removeRun(own: string): Promise<void> {
  for (const name of ["postgres", "postgres-replica"]) await removeEmbeddedPostgres(path.join(own, name));
  rmSync(own, { recursive: true, force: true, maxRetries: 5 });
  rmSync(claimFile(own), { force: true }); // before it is let go: nobody else can have it by this name
  claims.get(own)?.release();
  claims.delete(own);
}

const claimFile = (own: string) => `${own}.lock`;
