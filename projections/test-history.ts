import type { Actor } from "@/domain/access/policy";
import type { AccountId, PartyId } from "@/domain/ids";
import type { Runtime } from "@/infra/runtime";
import { customer, deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";

export type TestHistory = { actor: Actor & { partyId: PartyId }; accounts: readonly AccountId[] };

/** A few accounts of one customer with a random life, the first one the busiest. The same seed gives the same amounts. */
export async function makeHistory(
  runtime: Runtime,
  { accounts: count, commands, seed }: { accounts: number; commands: number; seed: number },
): Promise<TestHistory> {
  const random = seededRandom(seed);
  const actor = customer();
  const accounts: AccountId[] = [];
  for (let i = 0; i < count; i++) accounts.push(await openAccount(runtime, actor));

  for (let done = 0; done < commands; done += 50) {
    const batch = Array.from({ length: Math.min(50, commands - done) }, (_, i) => {
      const accountId = accounts[Math.floor(random() ** 3 * count)] ?? accounts[0];
      if (!accountId) throw new Error("no account");
      const amount = BigInt(1 + Math.floor(random() * 9_999));
      const command =
        random() < 0.6 ? deposit(accountId, amount, i % 7 === 0 ? `rent ${done + i}` : undefined) : withdraw(accountId, amount);
      return give(command, { runtime, actor });
    });
    await Promise.all(batch); // a withdrawal beyond the balance is refused: that is life
  }
  return { actor, accounts };
}

/** mulberry32: small, and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
