import { createInterface } from "node:readline";
import type { Actor } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { oneLogin } from "@/infra/postgres/roles/database-roles";
import { createRuntime } from "@/infra/runtime";
import { deposit, give } from "@/infra/testing/test-bank";
import { testSecrets } from "@/infra/testing/test-secrets";
import { closedLoop } from "./closed-loop";
import type { Sample } from "./interleaved";

// One of the processes that write to one account at once: reads orders as JSON lines, answers each with what it measured.

export type HotOrder = { actor: Actor; accountId: AccountId; clients: number; seconds: number };
export type HotAnswer = Sample | { failed: string };

const url = process.env.HOT_WRITER_URL;
if (!url) throw new Error("HOT_WRITER_URL is not set");
const runtime = createRuntime({ urls: oneLogin(url), keys: testSecrets, queueLimits: { perActorMax: 1_000 } });

async function write({ actor, accountId, clients, seconds }: HotOrder): Promise<Sample> {
  return closedLoop(clients, seconds, async () => {
    const { kind } = await give(deposit(accountId, 100n, "groceries at the corner"), { runtime, actor });
    if (kind !== "done") throw new Error(kind);
  });
}

createInterface({ input: process.stdin })
  .on("line", async (line) => {
    const answer: HotAnswer = await write(JSON.parse(line)).catch((error: unknown) => ({ failed: String(error) }));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  })
  .on("close", () => void runtime.close());
