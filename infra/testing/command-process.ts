import { createInterface } from "node:readline";
import type { Actor } from "@/domain/access/policy";
import type { AccountId, CommandId } from "@/domain/ids";
import { exitCodes } from "../processes/exit-codes";
import { createRuntime } from "../runtime";
import { deposit, give, withdraw } from "./test-bank";
import { testSecrets } from "./test-secrets";

// A Daybook process for tests that kill it: reads orders as JSON lines, answers each with what became of it. It may be of a later build than
// this one (COMMAND_PROCESS_SCHEMA, the number of its newest migration), and ends when the book takes it no more.

export type Order = { actor: Actor; commandId: CommandId; accountId: AccountId; minorUnits: string };
export type Answer = { commandId: CommandId; kind: string; events?: readonly string[] };

const { COMMAND_PROCESS_URLS: urls, COMMAND_PROCESS_SCHEMA: number } = process.env;
const given: Promise<void>[] = [];
if (!urls) throw new Error("COMMAND_PROCESS_URLS is not set");
// Orders come by the thousand at once: on a slow machine the last of them wait for long, and none is to be called "busy" or left "checking" for that.
const runtime = createRuntime({
  urls: JSON.parse(urls),
  keys: testSecrets,
  queueLimits: { perActorMax: 5_000, waitMsMax: 600_000 },
  ...(number && { schema: { number: Number(number), name: `${number.padStart(4, "0")}_later` } }),
});
runtime.schema.start((tooOld) => {
  process.stderr.write(`${tooOld.message}\n`);
  void Promise.all(given)
    .then(() => runtime.close())
    .then(() => process.exit(exitCodes.doNotRestart));
});

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { actor, commandId, accountId, minorUnits }: Order = JSON.parse(line);
    const amount = BigInt(minorUnits);
    const command = amount > 0n ? deposit(accountId, amount) : withdraw(accountId, -amount);
    const answered = give(command, { runtime, actor, commandId }).then((outcome) => {
      const events = outcome.kind === "done" ? outcome.events : [];
      process.stdout.write(`${JSON.stringify({ commandId, kind: outcome.kind, events } satisfies Answer)}\n`);
    });
    given.push(answered);
  })
  .on("close", () => void Promise.all(given).then(() => runtime.close()));
