import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { openFindings } from "@/infra/review/findings";
import { readableOnly } from "@/infra/rows/unreadable-row";
import { createRuntime } from "@/infra/runtime";
import { sealOnce } from "@/infra/seals/seal-once";
import { customer, give, withdraw } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { until } from "@/infra/testing/until";
import { bookHealthOf } from "../book-health";
import { rebuild } from "../rebuild";
import { logReaders } from "../registry";
import { runOnce } from "../run-once";
import { makeHistory } from "../test-history";
import { lastVerification } from "../verify/last-verification";
import { verifierStep } from "./step";
import { pauseAfter, startVerifier } from "./verifier";

const { database, runtime } = await testRuntime();
const folder = mkdtempSync(path.join(tmpdir(), "daybook-verifier-"));
const sealFile = path.join(folder, "seals.txt");
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  await makeHistory(runtime, { accounts: 3, commands: 500, seed: 41 });
  for (const eventsMax of [100n, 150n, 50_000n])
    await sealOnce({ pool: database.pools.sealer, keys: testSecrets, file: sealFile }, { eventsMax });
  await runOnce(runtime);
});

const target = (process: string) => ({ pool: database.pools.sealer, keys: testSecrets, sealFile, process });
const step = (process = "one") => verifierStep(target(process));

async function wholePass(process = "one"): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const { kind, found: faults } = await step(process);
    found.push(...faults.map(({ message }) => message));
    if (kind === "finished") return found;
    expect(kind).toBe("checked");
  }
}

const asOwner = (sql: string) =>
  database.owner.query(`alter table events disable trigger user; alter table seals disable trigger user; ${sql};
    alter table events enable trigger user; alter table seals enable trigger user`);

test("a sound book is passed over without a finding, and health says when, and how far the next pass is", async () => {
  expect(await wholePass()).toEqual([]);
  const { rows } = await database.pool.query("select count(*) as events from events");
  expect(await lastVerification(database.pool)).toMatchObject({ sound: true, head: rows[0].events, sealed: rows[0].events });
  await step();
  expect(await bookHealthOf(database.pool)).toMatchObject({ needsAttention: false, verifier: { passes: 1, position: 200n } });
});

test("a pass goes on where it was, in another process too, once the first has not been heard of", async () => {
  const { rows } = await database.pool.query("select position from verifier");
  expect((await step("two")).kind).toBe("busy");
  await database.owner.query("update verifier set leased_until = now() - interval '1 s'");
  expect((await step("two")).kind).toBe("checked");
  const { rows: later } = await database.pool.query("select position, leased_by from verifier");
  expect(later[0]).toMatchObject({ position: rows[0].position + 200n, leased_by: "two" });
  expect(await wholePass("two")).toEqual([]);
});

test("whatever was altered in a read model or a snapshot is named; a rebuild ends the finding, and no account is closed", async () => {
  const changes = [
    ["account_entries", "update account_entries set balance = balance + 1 where position = 60"],
    ["account_entries", "delete from account_entries where position = 61"],
    ["activity", "update activity set amount = amount + 1 where position = 62"],
    [
      "account_balances",
      "update account_balances set balance = balance + 1 where account_id = (select min(account_id) from account_balances)",
    ],
    [
      "daily_balances",
      "update daily_balances set balance = balance + 1 where account_id = (select max(account_id) from daily_balances)",
    ],
    ["snapshots", `update snapshots set state = jsonb_set(state, '{balance}', '"1"') where version = 100`],
  ] as const;
  for (const [, sql] of changes) await database.owner.query(sql);
  const found = await wholePass("two");
  for (const [view] of changes)
    expect(
      found.some((one) => one.startsWith(view)),
      view,
    ).toBe(true);
  expect(await bookHealthOf(database.pool)).toMatchObject({ needsAttention: true, accountsUnderReview: 0 });
  expect(await lastVerification(database.pool)).toMatchObject({ sound: false });

  for (const reader of logReaders) await rebuild(runtime, reader, () => {});
  expect(await wholePass("two")).toEqual([]);
  expect(await openFindings(database.pool)).toEqual([]);
});

test("a seal that was altered is named", async () => {
  await asOwner(
    "update seals set signature = set_byte(signature, 9, get_byte(signature, 9) # 1) where size = (select min(size) from seals)",
  );
  expect(await wholePass("two")).toEqual([expect.stringMatching(/^the seal over \d+ events: its signature is not/)]);
  await asOwner(
    "update seals set signature = set_byte(signature, 9, get_byte(signature, 9) # 1) where size = (select min(size) from seals)",
  );
  expect(await wholePass("two")).toEqual([]);
});

test("an event that was altered long ago is named, its account is closed, and the pass goes on to the end", async () => {
  const { rows } = await database.owner.query<{ id: AccountId; version: number }>(
    "select stream_id as id, version from events where type = 'MoneyDeposited' and position > 20 order by position limit 1",
  );
  const [altered] = rows;
  if (!altered) throw new Error("no deposit");
  await asOwner(
    `update events set data = jsonb_set(data, '{amount,minorUnits}', '"77777777"') where stream_id = '${altered.id}' and version = ${altered.version}`,
  );
  const own = createRuntime({ urls: database.urls, keys: testSecrets });
  await database.owner.query("update verifier set leased_until = null");
  startVerifier(own, sealFile, { pauseMs: () => 1, betweenPassesMs: 3_600_000 });
  await until("the altered event is found", async () =>
    readableOnly(await openFindings(database.pool)).some(({ streamId }) => streamId === altered.id),
  );
  await until("the pass is over", async () => (await lastVerification(database.pool))?.sound === false);
  await own.close();
  expect(readableOnly(await openFindings(database.pool)).find(({ streamId }) => streamId)).toMatchObject({
    version: altered.version,
    foundBy: "verifier",
  });
  await until("its account is closed", async () => {
    const { rows: holder } = await database.pool.query(
      "select metadata ->> 'actor' as id, metadata ->> 'actingFor' as party from events where stream_id = $1 and version = 1",
      [altered.id],
    );
    const actor = { ...customer(holder[0].party), userId: holder[0].id };
    const outcome = await give(withdraw(altered.id, 1n), { runtime, actor });
    return outcome.kind === "refused" && outcome.refusal.code === "account_under_review";
  });
});

test("the rest after a step is measured by the CPU it used: at most 3 % of a core", () => {
  for (const cpuMs of [2, 40, 600]) expect(cpuMs / (cpuMs + pauseAfter(cpuMs))).toBeLessThanOrEqual(0.0385);
});
