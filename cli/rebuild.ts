import { parseArgs } from "node:util";
import { withDatabase } from "@/cli/launch/with-database";
import { step } from "@/cli/progress";
import { followRebuild } from "@/cli/rebuild/follow-rebuild";
import { listRebuilds } from "@/cli/rebuild/list-rebuilds";
import { type Runtime, runtime } from "@/infra/runtime";
import type { LogReader } from "@/projections/log-reader";
import { rebuild } from "@/projections/rebuild";
import { cancelRebuild, requestRebuild, rollBackRebuild } from "@/projections/rebuild-beside/requests";
import { logReaders } from "@/projections/registry";

const names = logReaders.map(({ name }) => name);

export const usage = `
Usage: npm run daybook -- rebuild <projection>... | --all   [--workers N] [--events-per-second N] [--accept]
       npm run daybook -- rebuild <projection>... --cancel | --roll-back
       npm run daybook -- rebuild --list

Makes read models anew from the first event of the log, beside the ones that screens read, which go on meanwhile. When level, the new
one is compared with the old row by row at the same position, and swapped in; the old one is kept for a way back (--roll-back).
Differences stop it before the swap: then look, and ask again with --accept, or --cancel it.

Ctrl-C leaves it to go on where it was: ask again. Killed, it goes on in the running bank, or when asked for again.
--workers N            accounts are shared out among N, each with a connection (2)
--events-per-second N  no faster than this, all workers together
--cancel               drop what was made
snapshots, which are a cache, are made anew in place.

Projections: ${names.join(", ")}
`;

const askedBy = "terminal";

const options = {
  all: { type: "boolean", default: false },
  workers: { type: "string" },
  "events-per-second": { type: "string" },
  accept: { type: "boolean", default: false },
  cancel: { type: "boolean", default: false },
  "roll-back": { type: "boolean", default: false },
  list: { type: "boolean", default: false },
} as const;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`There is no projection "${unknown}". There are: ${names.join(", ")}.`);
  const wanted = values.all ? logReaders : logReaders.filter(({ name }) => positionals.includes(name));
  if (wanted.length === 0 && !values.list) {
    console.error(usage.trim());
    return 2;
  }
  const wishes = {
    askedBy,
    accept: values.accept,
    ...(values.workers !== undefined && { workers: Number(values.workers) }),
    eventsPerSecondMax: values["events-per-second"] === undefined ? null : Number(values["events-per-second"]),
  };
  return withDatabase(async () => {
    const bank = runtime();
    try {
      if (values.list) return await listRebuilds(bank);
      let code = 0;
      for (const reader of wanted) {
        if (values.cancel) code = Math.max(code, await cancel(bank, reader));
        else if (!reader.beside) await inPlace(bank, reader);
        else {
          if (values["roll-back"]) await rollBackRebuild(bank, reader.name, wishes);
          else await requestRebuild(bank, reader.name, wishes);
          code = Math.max(code, await followRebuild(bank, reader, askedBy));
        }
        if (code === 130) break;
      }
      return code;
    } finally {
      await bank.close();
    }
  });
}

async function inPlace(bank: Runtime, reader: LogReader): Promise<void> {
  const events = await step(`rebuilding ${reader.name}`, (report) =>
    rebuild(bank, reader, (done, total) => report(Number(done), Number(total))),
  );
  console.log(`${reader.name} stands on ${events.toLocaleString("en")} events.`);
}

async function cancel(bank: Runtime, { name, beside }: LogReader): Promise<number> {
  if (!beside) throw new Error(`${name} is made anew in place: there is nothing to cancel.`);
  const was = await cancelRebuild(bank, name, { askedBy });
  console.log(was ? `Cancelled: the new ${name} is dropped.` : `No rebuild of ${name} is under way.`);
  return was ? 0 : 1;
}
