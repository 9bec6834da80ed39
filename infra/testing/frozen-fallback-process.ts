import type { AccountId } from "@/domain/ids";
import { appendEvents } from "../event-log/append";
import { createRuntime } from "../runtime";
import { type customer, deposit, give } from "./test-bank";
import { testSecrets } from "./test-secrets";

// A Daybook process that gives one deposit, loses the race three times and so comes to hold the gate; there it freezes, until it is woken.

const { FALLBACK_PROCESS_URLS: urls, FALLBACK_PROCESS_ACCOUNT: accountId, FALLBACK_PROCESS_ACTOR: asked } = process.env;
if (!urls || !accountId || !asked) throw new Error("FALLBACK_PROCESS_… must be set");
const actor: ReturnType<typeof customer> = JSON.parse(asked);

let lost = 0;
const runtime = createRuntime({
  urls: JSON.parse(urls),
  keys: testSecrets,
  async append(db, rows) {
    lost += 1;
    if (lost <= 3) return { kind: "conflict", clock: new Date(), stale: [accountId as AccountId], known: [] };
    if (lost === 4) {
      process.stdout.write("holds the gate\n");
      process.kill(process.pid, "SIGSTOP");
    }
    return appendEvents(db, rows);
  },
});
const { kind } = await give(deposit(accountId as AccountId, 7n), { runtime, actor });
process.stdout.write(`${kind}\n`);
await runtime.close();
process.exit();
