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
  const accounts = await Promise.all(Array.from({ length: count }, () => openAccount(runtime, actor)));
  let next = accounts.length;
  const client = async () => {
    while (next < events) {
      const n = next++;
      const accountId = accounts[n % count] as AccountId;
      const takesOut = Math.floor(n / count) % 3 === 0; // two deposits stand before
      const command = takesOut ? withdraw(accountId, 100n) : deposit(accountId, 300n, `groceries at the corner ${n}`);
      const { kind } = await give(command, { runtime, actor });
      if (kind !== "done") throw new Error(`a command ended ${kind}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { accounts, actor };
}
