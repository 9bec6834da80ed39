import { parseArgs } from "node:util";
import { tryRunLock } from "@/cli/launch/running-elsewhere";
import { forgetDatabase, rememberedDatabase } from "@/cli/launch/which-database";
import { env } from "@/infra/config/env";

export const usage = `
Usage: npm run daybook -- move [--confirm <book id>]

Lets the data folder go to another database: it forgets the one that its bank runs on, and takes the one that it is opened with next
(DATABASE_URL, or the embedded one). No database is changed. Without --confirm it only says what would be forgotten.

A data folder remembers its database so that a shell with another DATABASE_URL, or none, does not work on another book by mistake.
`;

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { confirm: { type: "string" } } });
  const { dataDir } = env();
  const known = rememberedDatabase(dataDir);
  if (!known) {
    console.log(`The data folder ${dataDir} remembers no database: it takes the one that it is opened with next.`);
    return 0;
  }
  const what = `The bank of the data folder ${dataDir} runs on ${known.place} (book ${known.bookId})`;
  if (values.confirm !== known.bookId) {
    console.error(`${what}. Nothing was changed. To forget it: npm run daybook -- move --confirm ${known.bookId}`);
    return 1;
  }
  const lock = await tryRunLock(dataDir, new AbortController().signal);
  if (!lock) throw new Error(`${what}, and is at work now: stop it first.`);
  forgetDatabase(dataDir);
  lock.release();
  console.log(`${what} no more: it takes the database that it is opened with next.`);
  return 0;
}
