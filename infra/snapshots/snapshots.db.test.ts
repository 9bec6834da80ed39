import fc from "fast-check";
import { expect, test } from "vitest";
import { accountFoldRevision } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { minorUnits } from "@/domain/money/money";
import { testRuntime } from "@/infra/testing/test-runtime";
import type { Aggregate } from "../commands/executor/aggregate-cache";
import { loadAggregates } from "../commands/executor/load-aggregates";
import { transaction } from "../postgres/transaction";
import { createRuntime } from "../runtime";
import { damages } from "../testing/damage-snapshots";
import { soundLog } from "../testing/sound-log";
import { customer, deposit, give, openAccount, withdraw } from "../testing/test-bank";
import { testSecrets } from "../testing/test-secrets";
import { type AsOfQuestion, accountAsOf } from "../time-travel/account-as-of";
import { timelinePage } from "../time-travel/timeline";
import { SNAPSHOT_EVERY, snapshotter } from "./snapshotter";

const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.info(`snapshots lost, damaged and outdated: FC_SEED=${seed}`);

const { database, runtime } = await testRuntime();
const holder = customer();

type Fact = { version: number; position: bigint; at: Date; balance: bigint };

/** What stood at each version, by plain SQL. */
async function truthOf(accountId: AccountId): Promise<Fact[]> {
  const { rows } = await database.pool.query<Fact>(
    `select version, position, recorded_at as at, (sum(case type when 'MoneyDeposited' then 1 when 'MoneyWithdrawn' then -1 else 0 end
       * coalesce((data -> 'amount' ->> 'minorUnits')::bigint, 0)) over (order by version))::bigint as balance
       from events where stream_id = $1 order by version`,
    [accountId],
  );
  return rows;
}

/** Moves of money; a withdrawal of what is not there is refused, and leaves no event. */
async function live(accountId: AccountId, moves: readonly bigint[]): Promise<void> {
  for (let from = 0; from < moves.length; from += 100) {
    const given = moves
      .slice(from, from + 100)
      .map((cents) => (cents > 0n ? deposit(accountId, cents) : withdraw(accountId, -cents)));
    await Promise.all(given.map((command) => give(command, { runtime, actor: holder })));
  }
}

let followedTo = 0n;

/** The snapshotter goes on to the end of the log, in steps of a size: it meets the snapshots that it finds. */
async function follow(stepEvents: number): Promise<void> {
  for (;;) {
    const events = await soundLog(runtime.pool, { after: followedTo, limit: stepEvents });
    const last = events.at(-1);
    if (!last) return;
    await transaction(runtime.pools.projector, (client) => snapshotter.apply(client, events));
    followedTo = last.position;
  }
}

async function expectTruth(accountId: AccountId, picks: readonly number[]): Promise<void> {
  const facts = await truthOf(accountId);
  const head = facts.at(-1);
  if (!head) throw new Error("no history");
  const { aggregates } = await loadAggregates(database.pool, testSecrets.master, [accountId], []);
  expect(aggregates.get(accountId)).toMatchObject({ version: head.version, account: { status: "open", balance: head.balance } });

  for (const pick of picks) {
    const fact = facts[pick % facts.length] ?? head;
    const upTo = facts.findLast(({ at }) => at <= fact.at) ?? fact;
    expect(await asked(accountId, { kind: "event", version: fact.version })).toEqual([fact.version, fact.balance]);
    expect(await asked(accountId, { kind: "position", position: fact.position })).toEqual([fact.version, fact.balance]);
    expect(await asked(accountId, { kind: "time", t: fact.at })).toEqual([upTo.version, upTo.balance]);
    const question = { order: "oldest", limit: 5, beyond: fact.version - 1 } as const;
    const page = await timelinePage(runtime, holder, accountId, question);
    for (const { version, balanceAfter } of page?.events ?? []) expect(balanceAfter).toBe(facts[version - 1]?.balance);
    expect(page?.events[0]?.version).toBe(fact.version);
  }
}

async function asked(accountId: AccountId, at: AsOfQuestion): Promise<[number, bigint]> {
  const answer = await accountAsOf(runtime, holder, { accountId, at });
  if (answer?.kind !== "answer" || answer.state.status === "unopened") throw new Error(`no answer: ${answer?.kind}`);
  return [answer.stoodOn?.version ?? 0, answer.state.balance];
}

const move = fc.oneof({ weight: 3, arbitrary: fc.bigInt(1n, 90_000n) }, { weight: 2, arbitrary: fc.bigInt(-60_000n, -1n) });
const moves = fc.array(move, { minLength: 150, maxLength: 700, size: "max" });
const damage = fc.array(fc.constantFrom("none" as const, ...damages.keys()), { minLength: 5, maxLength: 9 });
const picks = fc.array(fc.nat(), { minLength: 4, maxLength: 8 });

test("whatever becomes of the snapshots, every way of asking gets the same answer", async () => {
  await fc.assert(
    fc.asyncProperty(moves, moves, damage, picks, fc.integer({ min: 20, max: 400 }), async (first, later, harm, picked, step) => {
      const [accountId, other] = [await openAccount(runtime, holder), await openAccount(runtime, holder)];
      await live(accountId, first);
      await live(other, first.slice(0, 250));
      await follow(step);
      for (const [i, name] of harm.entries()) {
        const version = SNAPSHOT_EVERY * (1 + i);
        await damages.get(name === "none" ? "" : name)?.(database.owner, { streamId: accountId, version, other });
      }
      await expectTruth(accountId, picked);

      await live(accountId, later); // decisions and snapshots now stand on what is left of them
      await follow(step);
      await expectTruth(accountId, picked);
      await expectTruth(other, picked.slice(0, 1));
    }),
    { seed, numRuns: 6 },
  );
});

test.each([...damages])("%s: a decision stands on the log all the same", async (_, harm) => {
  const [accountId, other] = [await openAccount(runtime, holder), await openAccount(runtime, holder)];
  await live(
    other,
    Array.from({ length: 110 }, () => 900n),
  );
  await live(
    accountId,
    Array.from({ length: 220 }, () => 10n),
  );
  await follow(1_000);
  await harm(database.owner, { streamId: accountId, version: 200, other });
  const fresh = createRuntime({ urls: database.urls, keys: testSecrets }); // nothing cached
  const outcome = await give(withdraw(accountId, 2_201n), { runtime: fresh, actor: holder });
  await fresh.close();
  expect(outcome).toMatchObject({ kind: "refused", refusal: { available: { minorUnits: 2_200n } } });
});

test("a state that was known once saves the events before it, unless the log has another event there, or a newer snapshot", async () => {
  const accountId = await openAccount(runtime, holder);
  const load = async (known?: Aggregate) => {
    const { aggregates } = await loadAggregates(database.pool, testSecrets.master, [accountId], [], { known: () => known });
    return aggregates.get(accountId);
  };
  const dollars = (count: number) => Array.from({ length: count }, () => 100n);
  await live(accountId, dollars(30));
  const once = await load();
  if (once?.account.status !== "open") throw new Error("not open");
  await live(accountId, dollars(40));
  const truth = await load();
  expect(truth).toMatchObject({ version: 71, account: { balance: 7_000n } });
  expect(await load(once)).toEqual(truth);

  const told = { ...once, account: { ...once.account, balance: minorUnits(0n) } }; // tells whether it was used
  expect(await load(told)).toMatchObject({ version: 71, account: { balance: 4_000n } });
  expect(await load({ ...told, hash: Buffer.alloc(32, 7) })).toEqual(truth);
  expect(await load({ ...told, version: 5_000 })).toEqual(truth);
  await live(accountId, dollars(60));
  await follow(1_000);
  expect(await load(told)).toMatchObject({ version: 131, account: { balance: 13_000n } });
});

test("the snapshot says what it stands on: an untouched one is used, one of another fold is not", async () => {
  const accountId = await openAccount(runtime, holder);
  await live(
    accountId,
    Array.from({ length: 130 }, () => 10n),
  );
  await follow(1_000);
  const askedAt = { accountId, at: { kind: "event", version: 111 } } as const;
  expect(await accountAsOf(runtime, holder, askedAt)).toMatchObject({ snapshotVersion: 100, eventsFolded: 11 });
  await database.owner.query("update snapshots set revision = $2 where stream_id = $1", [accountId, accountFoldRevision + 1]);
  expect(await accountAsOf(runtime, holder, askedAt)).toMatchObject({ snapshotVersion: null, eventsFolded: 111 });
});
