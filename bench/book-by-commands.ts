import type { AccountId } from "@/domain/ids";
import type { Runtime } from "@/infra/runtime";
import { customer, deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";

const clients = 512;

/** Fills a book as a bank would: by commands, each deposit with an encrypted description. Returns its accounts, all of one customer. */
export async function fillByCommands(
  runtime: Runtime,
  { events, accounts: count }: { events: number; accounts: number },
): Promise<{ accounts: AccountId[]; actor: ReturnType<typeof customer> }> {
  const actor = customer();
  const accounts: AccountId[] = [];
  await byClients(0, count, async () => void accounts.push(await openAccount(runtime, actor)));
  await byClients(count, events, async (n) => {
    const accountId = accounts[n % count] as AccountId;
    const takesOut = Math.floor(n / count) % 3 === 0; // two deposits stand before
    const command = takesOut ? withdraw(accountId, 100n) : deposit(accountId, 300n, `groceries at the corner ${n}`);
    const { kind } = await give(command, { runtime, actor });
    if (kind !== "done") throw new Error(`a command ended ${kind}`);
  });
  return { accounts, actor };
}

/** `work` for every number of the range, no more at once than the bank lets one actor have waiting. */
async function byClients(from: number, to: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = from;
  const client = async () => {
    while (next < to) await work(next++);
  };
  await Promise.all(Array.from({ length: clients }, client));
}
