import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { readableOnly } from "../rows/unreadable-row";
import { createSealCourse } from "../seals/seal-course";
import { sealOnce } from "../seals/seal-once";
import { sealStanding } from "../seals/seal-standing";
import { appendForged } from "../testing/append-forged";
import { customer, deposit, give, openAccount, withdraw } from "../testing/test-bank";
import { testRuntime } from "../testing/test-runtime";
import { testSecrets } from "../testing/test-secrets";
import { until } from "../testing/until";
import { acceptFinding, releaseAccount } from "./deal-with-finding";
import { openFindings } from "./findings";

const { database, runtime } = await testRuntime();
const actor = customer();
const course = createSealCourse();
const folder = mkdtempSync(path.join(tmpdir(), "daybook-findings-"));
const target = { pool: database.pools.sealer, keys: testSecrets, file: path.join(folder, "seals.txt") };
const seal = () => sealOnce(target, {}, course);
const reason = "looked into it with two colleagues";
afterAll(() => rmSync(folder, { recursive: true }));

// Asked by a withdrawal of more than there is: while the account is open it is refused too, and books nothing.
async function isClosed(accountId: AccountId): Promise<boolean> {
  const outcome = await give(withdraw(accountId, 10n ** 12n), { runtime, actor });
  return outcome.kind === "refused" && outcome.refusal.code === "account_under_review";
}

const kinds = async () =>
  (await database.owner.query<{ kind: string; detail: object }>("select kind, detail from security_log order by id")).rows;

test("accepting a finding lets the book be sealed on, releasing opens the account, and both say so for ever", async () => {
  const accountId = await openAccount(runtime, actor);
  const { position } = await appendForged(database.pools.writer, accountId, { hash: "ab".repeat(32) });
  await seal();
  const [finding] = readableOnly(await openFindings(database.pool));
  if (!finding) throw new Error("nothing was found");

  expect(await releaseAccount(database.owner, accountId, { reason, although: true })).toMatchObject({ kind: "not_accepted" });
  expect(await acceptFinding(database.owner, finding.id, reason)).toMatchObject({ kind: "accepted" });
  expect(await acceptFinding(database.owner, finding.id, reason)).toMatchObject({ kind: "accepted_before" });
  expect(await acceptFinding(database.owner, 999n, reason)).toEqual({ kind: "unknown" });
  await seal();
  expect(await sealStanding(database.pool)).toMatchObject({ sealed: position, stopped: null });
  await until("it is closed", () => isClosed(accountId));

  expect(await releaseAccount(database.owner, accountId, { reason, although: false })).toMatchObject({
    kind: "unsound",
    fault: expect.stringContaining("its hash is"),
  });
  expect(await releaseAccount(database.owner, accountId, { reason, although: true })).toEqual({
    kind: "released",
    findings: 1,
    sound: false,
  });
  await until("it takes commands", async () => (await give(deposit(accountId, 5n), { runtime, actor })).kind === "done");
  await seal();
  expect(await sealStanding(database.pool)).toMatchObject({ stopped: null, unsealed: 0n });
  expect(await kinds()).toMatchObject([
    { kind: "finding_accepted", detail: { finding: finding.id.toString(), reason } },
    { kind: "review_released", detail: { accountId, reason, sound: "no" } },
  ]);
});

test("what was accepted counts no more once its row says something else", async () => {
  const accountId = await openAccount(runtime, actor);
  const { position } = await appendForged(database.pools.writer, accountId, { command: null });
  await seal();
  const [finding] = readableOnly(await openFindings(database.pool));
  await acceptFinding(database.owner, finding?.id ?? 0n, reason);
  await database.owner.query(
    `alter table events disable trigger user; update events set data = jsonb_set(data, '{source}', '"salary"') where position = ${position};
     alter table events enable trigger user`,
  );
  const fresh = createSealCourse();
  expect(await sealOnce(target, {}, fresh)).toMatchObject({ kind: "stopped" });
  expect(await sealStanding(database.pool)).toMatchObject({ sealed: position - 1n, stopped: { position } });
  await database.owner.query(
    `alter table events disable trigger user; update events set data = jsonb_set(data, '{source}', '"cash"') where position = ${position};
     alter table events enable trigger user`,
  );
  await seal();
  expect(await sealStanding(database.pool)).toMatchObject({ sealed: position, stopped: null });
});

test("an account whose history was put right is released without anybody's accepting anything", async () => {
  const accountId = await openAccount(runtime, actor);
  await give(deposit(accountId, 7n), { runtime, actor });
  const put = (source: string) =>
    database.owner.query(
      `alter table events disable trigger user; update events set data = jsonb_set(data, '{source}', '"${source}"') where stream_id = '${accountId}' and version = 2;
       alter table events enable trigger user`,
    );
  await put("salary");
  await seal();
  await until("it is closed", () => isClosed(accountId));
  await put("unknown");
  expect(await releaseAccount(database.owner, accountId, { reason, although: false })).toMatchObject({
    kind: "released",
    sound: true,
  });
  await until("it takes commands", async () => (await give(deposit(accountId, 1n), { runtime, actor })).kind === "done");
  await seal();
  expect(await sealStanding(database.pool)).toMatchObject({ stopped: null, unsealed: 0n });
});
