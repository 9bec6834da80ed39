import { parseArgs } from "node:util";
import { withDatabase } from "@/cli/launch/with-database";
import { step } from "@/cli/progress";
import { type AccountId, eventName, parseAccountId } from "@/domain/ids";
import { isUnreadableRow } from "@/infra/rows/unreadable-row";
import { type Runtime, runtime } from "@/infra/runtime";
import { type ParkedAccount, parkedAccounts } from "@/projections/parked/parked-accounts";
import { type RetryOutcome, retryParked } from "@/projections/parked/retry-parked";
import { logReaders } from "@/projections/registry";

const names = logReaders.map(({ name }) => name);
const roundsMax = 1_000; // of 20 s each

export const usage = `
Usage: npm run daybook -- retry [<projection> [<account id>]]

Tries the events of accounts again that are held because one of them could not be applied: all, those of one projection, or one account.
In order, from the event it is held at; nothing is ever skipped. First put right what was wrong: start a build that can apply the event, or
bring the damaged row back from a backup. Exit code 1 if any account is still held.

Projections: ${names.join(", ")}
`;

export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [reader, id] = positionals;
  if (reader !== undefined && !names.includes(reader))
    throw new Error(`There is no projection "${reader}". There are: ${names.join(", ")}.`);
  const accountId = id === undefined ? undefined : parseAccountId(id);
  if (id !== undefined && !accountId) throw new Error(`"${id}" is no account id: it looks like acc_ and 26 characters.`);
  return withDatabase(async () => {
    const bank = runtime();
    try {
      return await retryAll(bank, { ...(reader !== undefined && { reader }), ...(accountId && { accountId }) });
    } finally {
      await bank.close();
    }
  });
}

async function retryAll(bank: Runtime, which: { reader?: string; accountId?: AccountId }): Promise<number> {
  const parked = await parkedAccounts(bank.pool, which);
  if (parked.length === 0) console.log("No account is held.");
  let left = 0;
  for (const one of parked) {
    if (isUnreadableRow(one)) {
      left += 1;
      console.log(`${one.id}: not tried, since its row's ${one.column} holds what Daybook never writes.`);
      continue;
    }
    const outcome = await step(`${one.reader}, ${one.accountId}`, () => retryToTheEnd(bank, one));
    if (outcome.kind !== "posted" && outcome.kind !== "not_held") left += 1;
    console.log(`${one.reader}, ${one.accountId}: ${told(one, outcome)}`);
  }
  return left === 0 ? 0 : 1;
}

async function retryToTheEnd(bank: Runtime, one: ParkedAccount): Promise<RetryOutcome> {
  let events = 0;
  for (let round = 0; round < roundsMax; round++) {
    const outcome = await retryParked(bank, one);
    events += outcome.events;
    if (outcome.kind !== "unfinished") return { ...outcome, events };
  }
  return { kind: "unfinished", events };
}

function told({ accountId }: ParkedAccount, outcome: RetryOutcome): string {
  const events = `${outcome.events.toLocaleString("en")} events applied`;
  switch (outcome.kind) {
    case "posted":
      return `held no more, ${events}.`;
    case "held":
      return `still held, ${events}, at ${eventName(accountId, outcome.version)}: ${outcome.error}`;
    case "not_held":
      return "held no more.";
    case "unfinished":
      return `not done yet, ${events}: retry again.`;
    case "superseded":
      return "a newer Daybook feeds this projection: retry with that one.";
    case "outdated":
      return "the projection is about to be made anew by this build, which holds nobody.";
  }
}
