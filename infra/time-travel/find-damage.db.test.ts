import { beforeAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { customer, deposit, give, openAccount } from "../testing/test-bank";
import { testRuntime } from "../testing/test-runtime";
import { accountAsOf } from "./account-as-of";
import { findDamage } from "./find-damage";

const { database, runtime } = await testRuntime();
const actor = customer();
let accountId: AccountId;

beforeAll(async () => {
  accountId = await openAccount(runtime, actor);
  for (const amount of [10n, 20n, 40n, 80n]) await give(deposit(accountId, amount), { runtime, actor });
});

const asOf = async (version: number) => {
  const answer = await accountAsOf(runtime, actor, { accountId, at: { kind: "event", version } });
  return answer?.kind === "answer" ? answer : undefined;
};

const asOwner = (sql: string) =>
  database.owner.query(`alter table events disable trigger user; ${sql}; alter table events enable trigger user`);
const setAmount = (version: number, minorUnits: number) =>
  asOwner(
    `update events set data = jsonb_set(data, '{amount,minorUnits}', '"${minorUnits}"') where stream_id = '${accountId}' and version = ${version}`,
  );

test("an event that was altered is named, and nothing that stands on it is final; earlier answers are", async () => {
  expect(await asOf(5)).toMatchObject({ final: true });
  await setAmount(3, 21_000);
  expect(await asOf(2)).toMatchObject({ final: true, state: { balance: 10n } });
  for (const version of [3, 4, 5])
    expect(await asOf(version)).toMatchObject({
      final: false,
      damage: { kind: "event", version: 3, what: expect.stringContaining("its hash is") },
    });
  await setAmount(3, 20);
  expect((await asOf(5))?.damage?.kind).not.toBe("event");
});

test("where the events are sound, the side that differs from them is named", async () => {
  const answer = await asOf(5);
  if (!answer) throw new Error("no answer");
  const differs = { kind: "different", folded: 150n, entries: 151n } as const;
  const facts = { account: answer.state, version: 5, snapshotVersion: null, entriesBalance: differs };
  expect(await findDamage(database.pool, accountId, facts)).toEqual({ kind: "read_model" });
  expect(await findDamage(database.pool, accountId, { ...facts, snapshotVersion: 3 })).toEqual({ kind: "read_model" });
  const { state } = answer;
  if (state.status === "unopened") throw new Error("not open");
  const fromAnother = { ...state, balance: 151n as typeof state.balance };
  expect(await findDamage(database.pool, accountId, { ...facts, account: fromAnother, snapshotVersion: 3 })).toEqual({
    kind: "snapshot",
    version: 3,
    balance: 150n,
  });
});

test("an event before the snapshot is found where two sides differ", async () => {
  const answer = await asOf(5);
  if (!answer) throw new Error("no answer");
  await setAmount(2, 11_000);
  const facts = {
    account: answer.state,
    version: 5,
    snapshotVersion: 3,
    entriesBalance: { kind: "different", folded: 1n, entries: 2n } as const,
  };
  expect(await findDamage(database.pool, accountId, facts)).toMatchObject({ kind: "event", version: 2 });
  await setAmount(2, 10);
});
