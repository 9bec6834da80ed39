import { beforeAll, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { newUserId } from "@/infra/ids";
import { customer, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { recordHeld, recordTry, release } from "./parked/parked-rows";
import { requestRebuild } from "./rebuild-beside/requests";
import { runOnce } from "./run-once";
import { sameStanding, somethingVisibleMoved, standing, standingBefore } from "./visible-moves";

// What moves though the log does not: rebuilds, and accounts that are held.

const { runtime } = await testRuntime();
const { pool } = runtime;
const [holder, stranger] = [customer(), customer()];
const staff = (role: "auditor" | "operator"): Actor => ({ userId: newUserId(), partyId: null, role, authStrength: "password" });
let accountId: AccountId;

beforeAll(async () => {
  accountId = await openAccount(runtime, holder);
  await openAccount(runtime, stranger);
  await runOnce(runtime);
});

/** Who hears of what `work` does. */
async function heard(work: () => Promise<unknown>): Promise<string[]> {
  const from = await standing(pool);
  await work();
  const to = await standing(pool);
  const actors = { holder, stranger, auditor: staff("auditor"), operator: staff("operator") };
  const hear: string[] = [];
  for (const [name, actor] of Object.entries(actors)) if (await somethingVisibleMoved(pool, actor, from, to)) hear.push(name);
  return hear;
}

test("where nothing happened nobody hears anything", async () => {
  expect(await heard(async () => {})).toEqual([]);
  expect(sameStanding(await standing(pool), await standing(pool))).toBe(true);
});

test("a rebuild is heard by operators, and by nobody else", async () => {
  expect(await heard(() => requestRebuild(runtime, "account_balances", { askedBy: "test" }))).toEqual(["operator"]);
  const justNow = await standing(pool);
  expect(await somethingVisibleMoved(pool, staff("operator"), await standingBefore(pool, 60_000), justNow)).toBe(true);
});

test("an account that is held, tried again and held no more is heard of each time by those who see it and by operators", async () => {
  const held = { accountId, version: 1, position: 1n, error: "a test" };
  const who = ["holder", "auditor", "operator"];
  expect(await heard(() => recordHeld(runtime.pools.projector, "account_entries", [held]))).toEqual(who);
  expect(await heard(() => recordTry(runtime.pools.projector, "account_entries", held))).toEqual(who);
  expect(await heard(() => release(runtime.pools.projector, "account_entries", accountId))).toEqual(who);
});

test("what a copy being made beside a read model holds is heard by nobody", async () => {
  const held = { accountId, version: 1, position: 1n, error: "a test" };
  expect(await heard(() => recordHeld(runtime.pools.projector, "account_entries:shadow", [held]))).toEqual([]);
});
