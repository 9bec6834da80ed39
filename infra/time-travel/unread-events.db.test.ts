import { beforeEach, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { newUserId } from "../ids";
import { customer, deposit, give, openAccount } from "../testing/test-bank";
import { testRuntime } from "../testing/test-runtime";
import { eventDetail } from "./event-detail";
import { timelinePage } from "./timeline";

// The log of an account is shown to the end, whatever was done to one of its events.

const { database, runtime } = await testRuntime();
const holder = customer();
const auditor: Actor = { userId: newUserId(), partyId: null, role: "auditor", authStrength: "password" };
let account: AccountId;

beforeEach(async () => {
  account = await openAccount(runtime, holder);
  for (const [minorUnits, text] of [
    [100n, "rent"],
    [20n, "wages"],
    [3n, "bread"],
  ] as const)
    await give(deposit(account, minorUnits, text), { runtime, actor: holder });
});

async function alter(version: number, set: string): Promise<void> {
  await database.owner.query("alter table events disable trigger user");
  await database.owner.query(`update events set ${set} where stream_id = $1 and version = $2`, [account, version]);
  await database.owner.query("alter table events enable trigger user");
}

const page = (order: "newest" | "oldest" = "oldest") => timelinePage(runtime, holder, account, { order, limit: 10 });

test.each([
  ["data = '{}'", "MisshapenEvent"],
  ["data = jsonb_set(data, '{amount,minorUnits}', '\"-7\"')", "MisshapenEvent"],
  ["data = jsonb_set(data, '{amount,currency}', '\"euro\"')", "MisshapenEvent"],
  ["data = '\"text\"'", "MisshapenEvent"],
  ["schema_version = 0", "MisshapenEvent"],
  ["schema_version = 77", "EventFromNewerBuild"],
  ["type = 'MoneyConjured'", "EventFromNewerBuild"],
  ["data = jsonb_set(data, '{amount,currency}', '\"USD\"')", "ImpossibleEvent"],
])("an event that cannot be read keeps its place, and what stands before and behind it is shown: %s", async (set, name) => {
  await alter(3, set);
  const unread = { version: 3, balanceAfter: null, damage: { name } };
  for (const order of ["oldest", "newest"] as const) {
    const shown = [
      { version: 1, balanceAfter: 0n },
      { version: 2, balanceAfter: 100n, description: "rent" },
      unread,
      { version: 4, balanceAfter: null, description: "bread" },
    ];
    const found = await page(order);
    expect(found?.events).toMatchObject(order === "oldest" ? shown : shown.toReversed());
    expect(found).toMatchObject({ next: null, damage: { version: 3, damage: { name } } });
  }
  expect(await eventDetail(runtime, auditor, account, 2)).toMatchObject({ hasNext: true, after: { balance: 100n } });
});

test.each([
  "metadata = metadata - 'actor'",
  "metadata = jsonb_set(metadata, '{role}', '\"king\"')",
  "recorded_at = 'infinity'",
  "recorded_at = '-infinity'",
  "recorded_at = '294000-01-01'",
  "effective_at = 'infinity'",
])("damage beside what an event did costs its own row, and no balance: %s", async (set) => {
  await alter(3, set);
  const found = await page();
  expect(found?.events).toMatchObject([
    { version: 1, balanceAfter: 0n },
    { version: 2, balanceAfter: 100n },
    { version: 3, damage: { name: "MisshapenEvent" } },
    { version: 4, balanceAfter: 123n },
  ]);
  expect(found?.damage).toBeNull();
});

test("a text that does not open costs the event its text alone", async () => {
  await alter(3, "data = jsonb_set(data, '{description,ct}', '\"AAAA\"')");
  expect((await page())?.events).toMatchObject([
    { version: 1 },
    { version: 2, description: "rent", unopened: false },
    { version: 3, description: null, unopened: true, erased: false, balanceAfter: 120n },
    { version: 4, description: "bread", unopened: false },
  ]);
});
