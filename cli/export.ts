import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { parseArgs } from "node:util";
import { withDatabase } from "@/cli/launch/with-database";
import { step } from "@/cli/progress";
import { runtime } from "@/infra/runtime";
import { exportLog } from "@/projections/export-log";

export const usage = `
Usage: npm run daybook -- export --format ndjson [--after <position>] [--out <file>]

Writes the log, one event a line, to standard output or a file: envelope, data, metadata and hash as they are stored.
Personal text stays encrypted. --after continues an earlier export from its last position.
`;

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { format: { type: "string", default: "ndjson" }, after: { type: "string", default: "0" }, out: { type: "string" } },
  });
  if (values.format !== "ndjson") throw new Error(`--format ${values.format} is not known. There is: ndjson.`);
  if (!/^\d{1,18}$/.test(values.after)) throw new Error("--after must be a position: a whole number.");
  const after = BigInt(values.after);
  return withDatabase(async () => {
    const bank = runtime();
    const out = values.out === undefined ? process.stdout : createWriteStream(values.out, { flags: "wx", mode: 0o600 });
    let readerLeft = false; // as in `export | head`
    process.stdout.on("error", () => {
      readerLeft = true;
    });
    try {
      await step("exporting", async (report) => {
        for await (const { lines, done, total } of exportLog(bank.pool, { after })) {
          if (readerLeft) return;
          if (!out.write(lines)) {
            await once(out, "drain").catch((error: unknown) => {
              if (!readerLeft) throw error;
            });
          }
          report(Number(done), Number(total));
        }
      });
      if (out !== process.stdout) await new Promise<void>((resolve, reject) => void out.once("error", reject).end(resolve));
    } finally {
      await bank.close();
    }
    return 0;
  });
}
