import { parseArgs } from "node:util";
import { withDatabase } from "@/cli/launch/with-database";
import { step } from "@/cli/progress";
import { runtime } from "@/infra/runtime";
import { rebuild } from "@/projections/rebuild";
import { logReaders } from "@/projections/registry";

const names = logReaders.map(({ name }) => name);

export const usage = `
Usage: npm run daybook -- rebuild <projection>... | --all

Makes read models anew from the first event of the log, in place, chunk by chunk; the bank may go on working, and shows how far
each is. Killed in the middle, it goes on by itself where it was.

Projections: ${names.join(", ")}
`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { all: { type: "boolean", default: false } },
  });
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`There is no projection "${unknown}". There are: ${names.join(", ")}.`);
  const wanted = values.all ? logReaders : logReaders.filter(({ name }) => positionals.includes(name));
  if (wanted.length === 0) {
    console.error(usage.trim());
    return 2;
  }
  return withDatabase(async () => {
    const bank = runtime();
    try {
      for (const reader of wanted) {
        const events = await step(`rebuilding ${reader.name}`, (report) =>
          rebuild(bank, reader, (done, total) => report(Number(done), Number(total))),
        );
        console.log(`${reader.name} stands on ${events.toLocaleString("en")} events.`);
      }
    } finally {
      await bank.close();
    }
    return 0;
  });
}
