import fc from "fast-check";
import { expect, test } from "vitest";
import { type Account, evolve, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { transaction } from "@/infra/postgres/transaction";
import { customer, deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { readStream } from "../event-log/read";
import type { Db } from "../postgres/connect";
import { SNAPSHOT_EVERY, snapshotter } from "../snapshots/snapshotter";
import { damages } from "../testing/damage-snapshots";
import { forgeEvent } from "../testing/forge-event";
import { soundLog } from "../testing/sound-log";
import { balancesAfter } from "./balances-after";
import { type TimelineQuestion, timelinePage } from "./timeline";

const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.info(`balances after events: FC_SEED=${seed}`);

const { database, runtime } = await testRuntime();
const holder = customer();

/** Moves of money, many at once; 0: a deposit that an older build wrote. */
async function live(accountId: AccountId, moves: readonly number[]): Promise<void> {
  const given: Promise<unknown>[] = [];
  for (const cents of moves) {
    if (cents !== 0) given.push(give(move(accountId, cents), { runtime, actor: holder }));
    if (cents === 0 || given.length === 100) await Promise.all(given.splice(0));
    if (cents === 0) await forge(accountId, "MoneyDeposited", { amount: { minorUnits: "11", currency: "EUR" } });
  }
  await Promise.all(given);
}

const move = (accountId: AccountId, cents: number) =>
  cents > 0 ? deposit(accountId, BigInt(cents)) : withdraw(accountId, BigInt(-cents));

const forge = (streamId: AccountId, type: string, data: object) =>
  forgeEvent(database.owner, { streamId, type, schemaVersion: 1, data });

/** By version: the type, and the balance by a fold of every event from the first on. */
async function replayed(accountId: AccountId): Promise<Map<number, { type: string; balance: bigint }>> {
  const facts = new Map<number, { type: string; balance: bigint }>();
  let account: Account = unopened;
  for (const { version, event } of await readStream(runtime.pool, accountId, { limit: 10_000 })) {
    account = evolve(account, event);
    facts.set(version, { type: event.type, balance: account.status === "unopened" ? 0n : account.balance });
  }
  return facts;
}

const takeSnapshots = () =>
  transaction(runtime.pools.projector, async (db) => snapshotter.apply(db, await soundLog(db, { after: 0n, limit: 100_000 })));

// Withdrawals are rare enough to lie further apart than a fold goes on, and bunched enough to lie within it.
const anyMove = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: 1, max: 5_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -5, max: -1 }) },
  { weight: 1, arbitrary: fc.constant(0) },
);
const moves = fc.array(anyMove, { minLength: 250, maxLength: 700, size: "max" });
const harm = fc.array(fc.constantFrom("none", ...damages.keys()), { minLength: 3, maxLength: 7 });
const question: fc.Arbitrary<TimelineQuestion> = fc.record({
  order: fc.constantFrom("newest", "oldest"),
  limit: fc.integer({ min: 1, max: 300 }),
  beyond: fc.option(fc.integer({ min: 1, max: 700 }), { nil: undefined }),
  types: fc.constantFrom(undefined, ["MoneyWithdrawn"], ["MoneyDeposited", "AccountClosed"], ["AccountOpened", "MoneyWithdrawn"]),
});
const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 12 });

test("every page knows the balances that a replay finds, whatever is asked for and whatever became of the snapshots", async () => {
  await fc.assert(
    fc.asyncProperty(
      moves,
      harm,
      fc.array(question, { minLength: 12, maxLength: 12 }),
      picks,
      async (lived, harms, questions, picked) => {
        const [accountId, other] = [await openAccount(runtime, holder), await openAccount(runtime, holder)];
        await live(accountId, lived);
        await live(other, lived.slice(0, SNAPSHOT_EVERY + 5));
        await takeSnapshots();
        for (const [i, name] of harms.entries())
          await damages.get(name)?.(database.owner, { streamId: accountId, version: SNAPSHOT_EVERY * (1 + i), other });

        const facts = await replayed(accountId);
        for (const asked of questions) {
          const page = await timelinePage(runtime, holder, accountId, asked);
          for (const { version, type, balanceAfter } of page?.events ?? [])
            expect({ version, type, balance: balanceAfter }).toEqual({ version, ...facts.get(version) });
        }
        const versions = picked.map((pick) => 1 + (pick % facts.size)); // in no order, some twice
        const { after, damage } = await balancesAfter(runtime.pool, accountId, versions);
        expect(damage).toBeNull();
        expect(after).toEqual(new Map(versions.map((version) => [version, facts.get(version)?.balance])));
      },
    ),
    { seed, numRuns: 5 },
  );
});

test("an event that cannot have happened keeps its place, and nobody knows the balances from there on", async () => {
  const accountId = await openAccount(runtime, holder);
  await live(accountId, [100, 200]);
  await forge(accountId, "MoneyWithdrawn", { amount: { minorUnits: "5", currency: "USD" } });
  await forge(accountId, "AccountClosed", {});
  const early = await timelinePage(runtime, holder, accountId, { order: "oldest", limit: 3 });
  expect(early?.events.map(({ balanceAfter }) => balanceAfter)).toEqual([0n, 100n, 300n]);
  expect(early?.damage).toBeNull();
  const [last] = (await timelinePage(runtime, holder, accountId, { order: "newest", limit: 1 }))?.events ?? [];
  expect(last).toMatchObject({ version: 5, type: "AccountClosed", balanceAfter: null });
  const all = await timelinePage(runtime, holder, accountId, { order: "newest", limit: 10 });
  expect(all?.damage).toMatchObject({ version: 4, damage: { name: "ImpossibleEvent" } });
  expect(all?.events).toMatchObject([
    { version: 5, balanceAfter: null },
    { version: 4, damage: { name: "ImpossibleEvent" } },
    { version: 3, balanceAfter: 300n },
    { version: 2, balanceAfter: 100n },
    { version: 1, balanceAfter: 0n },
  ]);
});

test("a page asks as often, however many events it shows", async () => {
  const accountId = await openAccount(runtime, holder);
  await live(
    accountId,
    Array.from({ length: 130 }, () => 10),
  );
  await takeSnapshots();
  const statements = async (versions: readonly number[]) => {
    let asked = 0;
    const client = await runtime.pool.connect();
    const query = (...args: Parameters<typeof client.query>) => {
      asked++;
      return client.query(...args);
    };
    await balancesAfter({ query } as Db, accountId, versions).finally(() => client.release());
    return asked;
  };
  const last = (count: number) => Array.from({ length: count }, (_, i) => 131 - i);
  expect(await statements(last(100))).toBe(await statements(last(2)));
});
