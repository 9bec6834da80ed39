import { createInterface } from "node:readline";
import { startEmbeddedPostgres } from "../embedded-postgres/embedded-postgres";
import { newPartyId, newUserId } from "../ids";
import { migrate } from "../postgres/migrate";
import { oneLogin } from "../postgres/roles/database-roles";
import { createRuntime } from "../runtime";
import { customer, deposit, give, openAccount } from "./test-bank";
import { testSecrets } from "./test-secrets";

// A bank on the embedded server of a folder, for tests that start several on one folder and kill them. Prints what happens as JSON lines:
// up or refused, each acknowledged deposit, what is told. Deposits until its standard input closes, then stops in order.

export type FolderLine =
  | { kind: "up"; url: string; pid: number | null }
  | { kind: "refused"; words: string }
  | { kind: "deposited"; events: readonly string[] }
  | { kind: "told"; words: string }
  | { kind: "stopped" };

const home = process.env.FOLDER_PROCESS_HOME;
if (!home) throw new Error("FOLDER_PROCESS_HOME is not set");

const say = (line: FolderLine) => process.stdout.write(`${JSON.stringify(line)}\n`);
const tell = (words: string) => say({ kind: "told", words });

const server = await startEmbeddedPostgres({ home, tell }).catch((error: Error) => {
  say({ kind: "refused", words: error.message });
  return process.exit(3);
});
server.keepRunning(tell);
await migrate(server.ownerUrl, { book: { keys: testSecrets } });
const runtime = createRuntime({ urls: oneLogin(server.ownerUrl), keys: testSecrets });
const actor = { ...customer(newPartyId()), userId: newUserId() };
const accountId = await openAccount(runtime, actor);
say({ kind: "up", url: server.ownerUrl, pid: server.pid ?? null });

let going = true;
createInterface({ input: process.stdin }).on("close", () => {
  going = false;
});
while (going) {
  const outcome = await give(deposit(accountId, 1n), { runtime, actor });
  if (outcome.kind === "done") say({ kind: "deposited", events: outcome.events });
}
await runtime.close();
await server.stop();
say({ kind: "stopped" });
process.exit();
