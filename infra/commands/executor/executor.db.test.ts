import { expect, test } from "vitest";
import type { AccountCommand } from "@/domain/account/commands";
import type { CommandId } from "@/domain/ids";
import { newCommandId } from "@/infra/ids";
import { createRuntime } from "@/infra/runtime";
import { customer, deposit, eur, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { review } from "../dispatch";
import { findCommand, listRefused } from "../find-command";

const { database, runtime } = await testRuntime();

test("a deposit is in the book when it is acknowledged, with its command beside it", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const commandId = newCommandId();
  const outcome = await give(deposit(accountId, 500n, "first wages"), { runtime, actor, commandId });
  expect(outcome).toMatchObject({ kind: "done", events: [`${accountId}@2`], replayed: false });
  const { rows } = await database.pool.query(
    "select e.type, e.data, c.outcome from events e, commands c where e.stream_id = $1 and e.version = 2 and c.id = $2",
    [accountId, commandId],
  );
  expect(rows[0]).toMatchObject({
    type: "MoneyDeposited",
    data: { amount: { minorUnits: "500", currency: "EUR" } },
    outcome: { ok: "yes" },
  });
  expect(JSON.stringify(rows)).not.toContain("first wages");
});

test("the same id and input is answered again, the same id and other input names what differs", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const commandId = newCommandId();
  const first = await give(deposit(accountId, 500n), { runtime, actor, commandId });
  const again = await give(deposit(accountId, 500n), { runtime, actor, commandId });
  expect(again).toEqual({ ...first, replayed: true });
  const other = await give(deposit(accountId, 501n, "more"), { runtime, actor, commandId });
  expect(other).toEqual({ kind: "mismatch", fields: ["amount", "description"] });
  const stranger = customer();
  expect(await give(deposit(accountId, 500n), { runtime, actor: stranger, commandId })).toEqual({ kind: "not_found" });
});

test("other input under an id that is on its way is a mismatch only once that is in the book", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const [landed, lost] = [newCommandId(), newCommandId()];
  const race = (commandId: CommandId, first: AccountCommand) =>
    Promise.all([first, deposit(accountId, 501n)].map((command) => give(command, { runtime, actor, commandId })));
  expect(await race(landed, deposit(accountId, 500n))).toMatchObject([
    { kind: "done" },
    { kind: "mismatch", fields: ["amount"] },
  ]);
  expect(await race(lost, deposit(accountId, 500n, "nul \u0000 here"))).toMatchObject([{ kind: "failed" }, { kind: "busy" }]);
  expect(await give(deposit(accountId, 501n), { runtime, actor, commandId: lost })).toMatchObject({ kind: "done" });
});

test("a refusal is stored with its facts, and a retry cannot end differently", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const commandId = newCommandId();
  const refused = await give(withdraw(accountId, 100n), { runtime, actor, commandId });
  expect(refused).toMatchObject({
    kind: "refused",
    refusal: { code: "insufficient_funds", available: eur(0n), asked: eur(100n) },
  });
  await give(deposit(accountId, 1_000n), { runtime, actor });
  expect(await give(withdraw(accountId, 100n), { runtime, actor, commandId })).toEqual({ ...refused, replayed: true });
  const listed = await listRefused(database.pool, { accountId, from: new Date(0), to: new Date(Date.now() + 60_000) });
  expect(listed).toMatchObject([{ id: commandId, actor: actor.userId, type: "WithdrawMoney", outcome: { ok: false } }]);
});

test("50 concurrent commands with one id make one event, through two processes' executors as well", async () => {
  const other = createRuntime({ urls: database.urls, keys: testSecrets });
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const commandId = newCommandId();
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, i) => give(deposit(accountId, 7n), { runtime: i % 2 ? runtime : other, actor, commandId })),
  );
  expect(outcomes.every((outcome) => outcome.kind === "done" && outcome.events[0] === `${accountId}@2`)).toBe(true);
  expect(outcomes.filter((outcome) => outcome.kind === "done" && !outcome.replayed)).toHaveLength(1);
  const { rows } = await database.pool.query("select count(*) from events where stream_id = $1", [accountId]);
  expect(rows[0].count).toBe(2n);
  await other.close();
});

test("one command that the database cannot hold fails alone among fifty", async () => {
  const actors = Array.from({ length: 50 }, () => customer());
  const customers = await Promise.all(actors.map(async (actor) => ({ actor, accountId: await openAccount(runtime, actor) })));
  const texts = new Map([
    [17, "nul \u0000 here"],
    [31, "half \ud800 a pair"],
  ]);
  const outcomes = await Promise.all(
    customers.map(({ actor, accountId }, i) => give(deposit(accountId, 5n, texts.get(i) ?? "fine"), { runtime, actor })),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(actors.map((_, i) => (texts.has(i) ? "failed" : "done")));
});

test("two executors on one account: 2,000 commands, versions 1..n, nothing lost or twice", async () => {
  const other = createRuntime({ urls: database.urls, keys: testSecrets, queueLimits: { perActorMax: 2_000 } });
  const one = createRuntime({ urls: database.urls, keys: testSecrets, queueLimits: { perActorMax: 2_000 } });
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const outcomes = await Promise.all(
    Array.from({ length: 2_000 }, (_, i) => give(deposit(accountId, 1n), { runtime: i % 2 ? one : other, actor })),
  );
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["done"]));
  const { rows } = await database.pool.query(
    "select count(*), max(version), sum((data->'amount'->>'minorUnits')::numeric) from events where stream_id = $1",
    [accountId],
  );
  expect(rows[0]).toEqual({ count: 2_001n, max: 2_001, sum: "2000" });
  await Promise.all([one.close(), other.close()]);
});

test("what another process does to an account is seen by the next decision, however the two alternate", async () => {
  const other = createRuntime({ urls: database.urls, keys: testSecrets });
  const actor = customer();
  const [first, second] = [await openAccount(runtime, actor), await openAccount(runtime, actor)];
  for (let i = 0; i < 20; i++) {
    await give(deposit(first, 100n), { runtime, actor }); // this process knows both accounts, and the log's end
    await give(deposit(second, 1n), { runtime, actor });
    expect(await give(withdraw(first, 100n), { runtime: other, actor })).toMatchObject({ kind: "done" });
    expect(await give(deposit(second, 1n), { runtime, actor })).toMatchObject({ kind: "done" }); // its own append follows on the other's
    expect(await give(withdraw(first, 1n), { runtime, actor })).toMatchObject({
      kind: "refused",
      refusal: { code: "insufficient_funds", available: eur(0n) },
    });
  }
  await other.close();
});

test("a refusal's row says on which version and in which role it was decided; a done command's events say it", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const [done, refused] = [newCommandId(), newCommandId()];
  await give(deposit(accountId, 5n), { runtime, actor, commandId: done });
  await give(withdraw(accountId, 6n), { runtime, actor, commandId: refused });
  expect(await findCommand(database.pool, actor, done)).toMatchObject({ versions: {}, context: {} });
  expect(await findCommand(database.pool, actor, refused)).toMatchObject({
    versions: { [accountId]: "2" },
    context: { role: "customer", channel: "web", actingFor: actor.partyId },
  });
});

test("a review tells what would be done and does nothing; what it refuses is refused for ever, and recorded", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  await give(deposit(accountId, 500n), { runtime, actor });
  const asked = (minorUnits: bigint, commandId = newCommandId()) =>
    review({ runtime, actor, commandId, command: withdraw(accountId, minorUnits), channel: "web" });

  const commandId = newCommandId();
  expect(await asked(200n, commandId)).toMatchObject({ kind: "agreed", before: { balance: 500n }, after: { balance: 300n } });
  expect(await findCommand(database.pool, actor, commandId)).toBeUndefined();
  expect(await give(withdraw(accountId, 200n), { runtime, actor, commandId })).toMatchObject({ kind: "done" });
  expect(await asked(200n, commandId)).toMatchObject({ kind: "agreed", before: { balance: 300n } }); // of a spent id: posting it answers "done"

  const refusedId = newCommandId();
  const refused = await asked(301n, refusedId);
  expect(refused).toMatchObject({ kind: "refused", refusal: { code: "insufficient_funds", available: eur(300n) } });
  await give(deposit(accountId, 1_000n), { runtime, actor });
  expect(await give(withdraw(accountId, 301n), { runtime, actor, commandId: refusedId })).toEqual({ ...refused, replayed: true });
  const listed = await listRefused(database.pool, { accountId, from: new Date(0), to: new Date(Date.now() + 60_000) });
  expect(listed.map(({ id }) => id)).toEqual([refusedId]);
  expect(await review({ runtime, actor: customer(), commandId, command: withdraw(accountId, 1n), channel: "web" })).toEqual({
    kind: "not_found",
  });
});

test("a review stands on what another process wrote, not on what this one remembers", async () => {
  const other = createRuntime({ urls: database.urls, keys: testSecrets });
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  await give(deposit(accountId, 500n), { runtime: other, actor });
  const command = withdraw(accountId, 100n);
  expect(await review({ runtime, actor, commandId: newCommandId(), command, channel: "web" })).toMatchObject({
    kind: "agreed",
    after: { balance: 400n },
  });
  await other.close();
});
