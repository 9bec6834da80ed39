import { existsSync } from "node:fs";
import path from "node:path";
import { openBook, openServer } from "@/cli/launch/open-database";
import { stopSignals, unlessStopped } from "@/cli/launch/stop-signals";
import { describeBook } from "@/cli/launch/which-database";
import { tell } from "@/cli/progress";
import { env, rereadEnv } from "@/infra/config/env";
import { databaseRoles, roleVariables } from "@/infra/postgres/roles/database-roles";

/**
 * Opens the book for one command of the terminal: joins the database that runs, or starts it for as long as `work` takes.
 * Says which book that is. A signal ends the work, and what was started for it. Inside `work`, `runtime()` is that of the application's logins.
 */
export async function withDatabase<T>(work: (urls: { ownerUrl: string }) => Promise<T>): Promise<T> {
  mustHoldBook();
  const { signal } = stopSignals({ unlessHeard: true });
  const server = await openServer(env(), { abort: signal, tell });
  try {
    const { ownerUrl, urls, book } = await unlessStopped(signal, openBook(server, env(), { tell }));
    tell(describeBook(server, env(), book));
    for (const role of databaseRoles) process.env[roleVariables[role]] = urls[role];
    rereadEnv();
    return await unlessStopped(signal, work({ ownerUrl }));
  } finally {
    await server.stop();
  }
}

/** A command that reads a book does not make one: a shell without DATABASE_URL would work on a new, empty one. */
function mustHoldBook(): void {
  const { databaseUrl, dataDir } = env();
  if (databaseUrl !== undefined || existsSync(path.join(dataDir, "postgres"))) return;
  throw new Error(
    `There is no bank on the data folder ${dataDir}: npm start makes one. If yours runs on a database of your own, set DATABASE_URL; if elsewhere, DAYBOOK_DATA.`,
  );
}
