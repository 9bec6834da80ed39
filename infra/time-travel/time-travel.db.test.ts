import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { newUserId } from "@/infra/ids";
import { transaction } from "@/infra/postgres/transaction";
import { waitMsMax } from "@/infra/testing/patience";
import { customer, deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { snapshotter } from "../snapshots/snapshotter";
import { soundLog } from "../testing/sound-log";
import { type AccountAsOf, type AsOfAnswer, type AsOfQuestion, accountAsOf } from "./account-as-of";
import { balanceAsOf } from "./balance-as-of";
import { closePast } from "./close-past";
import { eventDetail } from "./event-detail";
import { timelinePage } from "./timeline";

const { database, runtime } = await testRuntime();
let accountId: AccountId;
const holder = customer();
const teller: Actor = { userId: newUserId(), partyId: null, role: "teller", authStrength: "password" };
const auditor: Actor = { ...teller, userId: newUserId(), role: "auditor" };
const operator: Actor = { ...teller, userId: newUserId(), role: "operator" };

beforeAll(async () => {
  accountId = await openAccount(runtime, holder);
  for (let i = 1; i <= 330; i++) {
    const command =
      i % 3 === 0 ? withdraw(accountId, BigInt(i)) : deposit(accountId, BigInt(2 * i), i % 50 === 0 ? `note ${i}` : undefined);
    await give(command, { runtime, actor: i % 10 === 0 ? teller : holder });
  }
  await takeSnapshots();
});

const takeSnapshots = () =>
  transaction(runtime.pools.projector, async (db) => snapshotter.apply(db, await soundLog(db, { after: 0n, limit: 10_000 })));

const ask = (at: AsOfQuestion, actor: Actor = holder): Promise<AccountAsOf | undefined> =>
  accountAsOf(runtime, actor, { accountId, at });

async function answerTo(at: AsOfQuestion, actor: Actor = holder): Promise<AsOfAnswer> {
  const answer = await ask(at, actor);
  if (answer?.kind !== "answer") throw new Error(`no answer: ${answer?.kind}`);
  return answer;
}

/** What stood at each version, by plain SQL. */
async function history(): Promise<{ version: number; position: bigint; at: Date; balance: bigint }[]> {
  const { rows } = await database.pool.query(
    `select version, position, recorded_at as at, sum(case type when 'MoneyDeposited' then 1 when 'MoneyWithdrawn' then -1 else 0 end
       * coalesce((data -> 'amount' ->> 'minorUnits')::bigint, 0)) over (order by version)::bigint as balance
       from events where stream_id = $1 order by version`,
    [accountId],
  );
  return rows;
}

test("as of any moment, the state is that of the last event at or before it, with and without snapshots", async () => {
  const events = await history();
  const moments = events.flatMap(({ at }) => [new Date(at.getTime() - 1), at]);
  const sample = moments.filter((_, i) => i % 9 === 0 || i > moments.length - 6);
  const answers = async () =>
    Promise.all(
      sample.map(async (t) => {
        const { state, stoodOn } = await answerTo({ kind: "time", t });
        return { version: stoodOn?.version ?? 0, balance: state.status === "unopened" ? 0n : state.balance };
      }),
    );
  const expected = sample.map((t) => {
    const last = events.findLast(({ at }) => at <= t);
    return { version: last?.version ?? 0, balance: last?.balance ?? 0n };
  });
  expect(await answers()).toEqual(expected);
  expect((await answerTo({ kind: "event", version: 312 })).snapshotVersion).toBe(300);

  await database.owner.query("delete from snapshots");
  expect(await answers()).toEqual(expected);
  expect(await answerTo({ kind: "event", version: 312 })).toMatchObject({ snapshotVersion: null, eventsFolded: 312 });
  await takeSnapshots();
});

test("as of an event or a position the answer is pinned, and says what it was made from", async () => {
  const events = await history();
  const answer = await answerTo({ kind: "event", version: 212 });
  expect(answer).toMatchObject({ final: true, snapshotVersion: 200, eventsFolded: 12, pin: { position: events[211]?.position } });
  const { pin } = answer;
  if (!pin) throw new Error("no pin");
  expect(await answerTo({ kind: "position", ...pin })).toEqual(answer);
  expect(answer.previous?.position).toBe(events[210]?.position);
  expect(answer.next?.position).toBe(events[212]?.position);
  expect((await answerTo({ kind: "event", version: 1 })).previous).toBeNull();
});

test("a link with another hash, or beyond the book, points to another history", async () => {
  const { pin } = await answerTo({ kind: "event", version: 100 });
  if (!pin) throw new Error("no pin");
  expect(await ask({ kind: "position", position: pin.position, hash: "00".repeat(32) })).toEqual({
    kind: "another_history",
    position: pin.position,
  });
  expect(await ask({ kind: "position", position: 10n ** 12n })).toMatchObject({ kind: "another_history" });
});

test("a pinned moment is the moment it names, as the book stood at the pin: no address shows one under another's name", async () => {
  const events = await history();
  const [early, late, last] = [events[99], events[199], events.at(-1)];
  if (!early || !late || !last) throw new Error("no history");
  const at = async (t: Date, position: bigint) => (await answerTo({ kind: "position", position, t })).stoodOn?.version;
  const upTo = (t: Date) => events.findLast((event) => event.at <= t)?.version;
  expect(await at(early.at, late.position)).toBe(upTo(early.at)); // the pin lies after the moment
  expect(await at(last.at, late.position)).toBe(late.version); // and before it: what was recorded later was not known
});

test("final answers never change while appends go on; the same millisecond as the last event is not final", async () => {
  const other = await openAccount(runtime, holder);
  const asked: { t: Date; balance: bigint }[] = [];
  let answers = 0;
  let going = true;
  const load = Promise.all(
    [accountId, other, other, other].map(async (id) => {
      while (going) await give(deposit(id, 1n), { runtime, actor: holder });
    }),
  );
  const until = performance.now() + waitMsMax;
  while (asked.length < 40 && performance.now() < until) {
    const t = new Date(Date.now() - (answers++ % 8));
    const answer = await answerTo({ kind: "time", t });
    if (answer.final && answer.state.status === "open") asked.push({ t, balance: answer.state.balance });
  }
  going = false;
  await load;
  await give(deposit(other, 1n), { runtime, actor: holder });
  expect(asked.length).toBe(40);
  for (const { t, balance } of asked) expect((await answerTo({ kind: "time", t })).state).toMatchObject({ balance });
  console.info(`${asked.length} of ${answers} answers were final; none changed`);

  const last = (await history()).at(-1);
  const { rows } = await database.pool.query("select recorded_at as at from events order by position desc limit 1");
  expect((await answerTo({ kind: "time", t: rows[0].at })).final).toBe(false);
  expect((await answerTo({ kind: "time", t: last?.at ?? new Date() })).stoodOn?.version).toBe(last?.version);
});

test("closing the past makes an answer final that was only pinned", async () => {
  const t = new Date();
  expect((await answerTo({ kind: "time", t })).final).toBe(false);
  await closePast(runtime.pools.writer, t);
  expect((await answerTo({ kind: "time", t })).final).toBe(true);
});

test("somebody else's account and a missing one look the same", async () => {
  const stranger = customer();
  for (const actor of [stranger, operator, { ...teller, partyId: holder.partyId }]) {
    expect(await ask({ kind: "time", t: new Date() }, actor)).toBeUndefined();
    expect(await timelinePage(runtime, actor, accountId, { order: "newest", limit: 10 })).toBeUndefined();
    expect(await eventDetail(runtime, actor, accountId, 1)).toBeUndefined();
  }
  expect(await ask({ kind: "time", t: new Date() }, auditor)).toMatchObject({ kind: "answer" });
});

describe("the timeline", () => {
  const walk = async (order: "newest" | "oldest", limit: number) => {
    const versions: number[] = [];
    for (let beyond: number | undefined | null; beyond !== null; ) {
      const page = await timelinePage(runtime, holder, accountId, { order, limit, beyond });
      if (!page) throw new Error("not visible");
      versions.push(...page.events.map(({ version }) => version));
      beyond = page.next;
    }
    return versions;
  };

  test("lists every event once, both ways, in bounded pages", async () => {
    const all = (await history()).map(({ version }) => version);
    expect(await walk("oldest", 47)).toEqual(all);
    expect(await walk("newest", 100)).toEqual(all.toReversed());
  });

  test("knows the balance after each event, filtered or not", async () => {
    const events = await history();
    for (const types of [undefined, ["MoneyWithdrawn"] as const, ["AccountOpened"] as const]) {
      const page = await timelinePage(runtime, holder, accountId, { order: "newest", limit: 300, types });
      expect(page?.events.length).toBeGreaterThan(0);
      for (const { version, balanceAfter } of page?.events ?? []) expect(balanceAfter).toBe(events[version - 1]?.balance);
    }
  });

  test("takes a span of time", async () => {
    const events = await history();
    const [from, to] = [events[99]?.at, events[199]?.at];
    const page = await timelinePage(runtime, holder, accountId, { order: "oldest", limit: 300, from, to });
    const expected = events.filter(({ at }) => from && to && at >= from && at < to).map(({ version }) => version);
    expect(page?.events.map(({ version }) => version)).toEqual(expected);
  });

  test("shows a customer a member of staff, and staff who it was", async () => {
    const asHolder = await eventDetail(runtime, holder, accountId, 11);
    expect(asHolder).toMatchObject({ event: { by: { kind: "staff" } }, internals: null });
    expect(JSON.stringify(asHolder, (_, value) => (typeof value === "bigint" ? `${value}` : value))).not.toContain(teller.userId);
    expect((await eventDetail(runtime, holder, accountId, 2))?.event.by).toEqual({ kind: "you" });
    const asAuditor = await eventDetail(runtime, auditor, accountId, 11);
    expect(asAuditor).toMatchObject({ event: { by: { kind: "person", userId: teller.userId, role: "teller" } } });
    expect(asAuditor?.internals?.command?.type).toBe("DepositMoney");
  });

  test("opens texts, and shows the state on both sides", async () => {
    const events = await history();
    const detail = await eventDetail(runtime, holder, accountId, 51);
    expect(detail).toMatchObject({
      event: { description: "note 50" },
      hasNext: true,
      before: { balance: events[49]?.balance },
      after: { balance: events[50]?.balance },
    });
    expect((await eventDetail(runtime, holder, accountId, 1))?.before).toEqual({ status: "unopened" });
  });
});

test("the balance alone comes from the entries only where they are known to reach far enough", async () => {
  const [first] = await history();
  const inSnapshot = (t: Date) => transaction(runtime.pool, (db) => balanceAsOf(db, accountId, t), "repeatable read read only");
  expect(await inSnapshot(new Date())).toMatchObject({ source: "log" });
  expect(await inSnapshot(new Date((first?.at.getTime() ?? 0) - 1))).toEqual({ source: "log", balance: null });
});
