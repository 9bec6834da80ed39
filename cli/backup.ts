import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { withDatabase } from "@/cli/launch/with-database";
import { step } from "@/cli/progress";
import { takeBackup } from "@/infra/backup/take-backup";
import { env } from "@/infra/config/env";
import { secrets } from "@/infra/config/secrets";

export const usage = `
Usage: npm run daybook -- backup <file>

Writes the whole book, as it stands at one moment, to a new file that its owner alone may read: events, commands, seals, people with their
logins and settings, the accounts' wrapped keys, the security log. The bank may go on working. The file has its name only once it is whole.

Not in it: the keys hmac, master and seal, without which it cannot be restored (copy them apart); the seal file, which bears witness to
what a restored book may lack; sessions and one-time links; read models and snapshots, which are made again from the log. See docs/backup.md.
`;

export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) {
    console.error(usage.trim());
    return 2;
  }
  return withDatabase(async ({ ownerUrl }) => {
    const { header, tables } = await step("writing the backup", (report) =>
      takeBackup({ ownerUrl, keys: secrets(), file, onRows: report }),
    );
    const rows = tables.reduce((sum, table) => sum + BigInt(table.rows), 0n);
    const megabytes = (statSync(file).size / 1_000_000).toFixed(1);
    console.log(
      `${file}: book ${header.bookId} up to position ${header.head.position}, ${rows.toLocaleString("en")} rows, ${megabytes} MB.`,
    );
    console.log(
      `It cannot be restored without the keys hmac, master and seal: keep a copy of ${env().dataDir}/secrets apart from it.`,
    );
    return 0;
  });
}
