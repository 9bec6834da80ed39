import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { withDatabase } from "@/cli/launch/with-database";
import { step } from "@/cli/progress";
import { logHead } from "@/infra/event-log/read";
import { type Runtime, runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { exportLog } from "@/projections/export-log";
import { exportJournal, journalReaders } from "@/projections/hledger/export-journal";
import { runOnce } from "@/projections/run-once";

export const usage = `
Usage: npm run daybook -- export [--format ndjson] [--after <position>] [--out <file>]
       npm run daybook -- export --format hledger [--with-texts] [--out <file>]

ndjson   the log: a header line, then one event a line with envelope, data, metadata and hash as they are stored. Personal text
         stays encrypted. --after continues an earlier export from its last position. docs/format.md says how to check it.
hledger  every movement as a transaction of two legs, by the bank's date, with the balance after it asserted on the customer's account:
         a journal for hledger (hledger -f FILE check --strict). Without what people wrote; --with-texts puts it in, in clear, and the
         security log remembers that somebody did.

To standard output, or a file that does not exist yet, readable by its owner alone.
`;

const eventsMax = 1_000_000_000;
const msMax = 4 * 3_600_000;

type Pages = AsyncIterable<{ lines: string; done: bigint; total: bigint }>;
type Values = { format: string; after: string | undefined; "with-texts": boolean };

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      format: { type: "string", default: "ndjson" },
      after: { type: "string" },
      out: { type: "string" },
      "with-texts": { type: "boolean", default: false },
    },
  });
  mustFit({ after: undefined, ...values });
  return withDatabase(async () => {
    const bank = runtime();
    try {
      await write(values.format === "hledger" ? await journal(bank, values["with-texts"]) : log(bank, values.after), values.out);
    } finally {
      await bank.close();
    }
    return 0;
  });
}

function mustFit({ format, after, "with-texts": withTexts }: Values): void {
  if (format !== "ndjson" && format !== "hledger")
    throw new Error(`--format ${format} is not known. There are: ndjson, hledger.`);
  if (format === "ndjson" && withTexts)
    throw new Error("--with-texts goes with --format hledger: the log is exported as it stands.");
  if (format === "hledger" && after !== undefined)
    throw new Error("--after goes with --format ndjson: a journal's balances are counted from its first entry.");
  if (after !== undefined && !/^\d{1,18}$/.test(after)) throw new Error("--after must be a position: a whole number.");
}

function log(bank: Runtime, after: string | undefined): Pages {
  return exportLog(bank, { after: BigInt(after ?? "0") });
}

async function journal(bank: Runtime, withTexts: boolean): Promise<Pages> {
  await step("bringing the read models up to date", () => runOnce(bank, { readers: journalReaders, eventsMax, msMax }));
  const { position } = await logHead(bank.pool);
  if (withTexts) {
    const detail = { format: "hledger", position: position.toString() };
    await recordSecurityEvent(bank.pools.identity, { kind: "texts_exported", detail });
  }
  return exportJournal(bank.pool, { bookId: (await bank.book()).id, withTexts });
}

/** Waits wherever the reader is slower; ends quietly where it has left, as in `export | head`. */
async function write(pages: Pages, file: string | undefined): Promise<void> {
  await step("exporting", async (report) => {
    const lines = async function* () {
      for await (const page of pages) {
        yield page.lines;
        report(Number(page.done), Number(page.total));
      }
    };
    if (file === undefined) await toStandardOutput(lines);
    else await pipeline(lines, createWriteStream(file, { flags: "wx", mode: 0o600, flush: true }));
  });
}

async function toStandardOutput(lines: () => AsyncIterable<string>): Promise<void> {
  process.stdout.on("error", () => {}); // told by the pipeline, or of no interest any more
  try {
    await pipeline(lines, process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
  await new Promise((resolve) => process.stdout.write("", resolve)); // what still waits in the pipe
}
