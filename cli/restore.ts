import { parseArgs } from "node:util";
import { openServer } from "@/cli/launch/open-database";
import { mustBeRemembered } from "@/cli/launch/which-database";
import { withDatabase } from "@/cli/launch/with-database";
import { step, tell } from "@/cli/progress";
import { restoreBackup } from "@/infra/backup/restore-backup";
import { env } from "@/infra/config/env";
import { makeMissingSecrets, readSecrets } from "@/infra/config/secrets";
import { runtime } from "@/infra/runtime";
import { runOnce } from "@/projections/run-once";

export const usage = `
Usage: npm run daybook -- restore <file>

Puts the book of a backup into a database that holds none: a new one at DATABASE_URL, or a data folder (DAYBOOK_DATA) without one. The keys
of the book (hmac, master, seal) must be in place first. All of it, or nothing. Then the read models are made again from the log.

Afterwards run verify. Where events were lost since the backup, the seal file knows more seals than the book: verify says so, and nothing is
sealed until that file is moved away (keep it: it bears witness). See docs/backup.md.
`;

const eventsMax = 1_000_000_000;
const msMax = 24 * 3_600_000;

export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) {
    console.error(usage.trim());
    return 2;
  }
  const { bookId, head, takenAt } = await restore(file);
  const report = await step("making the read models again", () =>
    withDatabase(async () => {
      const bank = runtime();
      try {
        return await runOnce(bank, { eventsMax, msMax });
      } finally {
        await bank.close();
      }
    }),
  );
  console.log(`Book ${bookId} stands at position ${head.position}, as of ${takenAt}.`);
  const failed = report.filter(({ end }) => end === "failed").map(({ name }) => name);
  if (failed.length > 0) console.error(`These read models could not be made, and the bank will try again: ${failed.join(", ")}.`);
  console.log("Now prove it: npm run daybook -- verify");
  return failed.length === 0 ? 0 : 1;
}

async function restore(file: string) {
  const { dataDir } = env();
  const server = await openServer(env());
  try {
    await mustBeRemembered(server, env());
    makeMissingSecrets(dataDir, { bookExists: true, variables: process.env }); // those of the book are never made, but must be here
    const keys = readSecrets(dataDir, process.env);
    const { ownerUrl } = server;
    return await step("restoring", (report) => restoreBackup({ ownerUrl, keys, file, onRows: report, tell }));
  } finally {
    await server.stop();
  }
}
