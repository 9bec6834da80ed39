import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { newUserId } from "@/infra/ids";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { until } from "@/infra/testing/until";
import { type Runner, startRunner } from "@/projections/runner";
import { movedStream } from "./moved-stream";

const { runtime } = await testRuntime();
let runner: Runner;
let accountId: AccountId;
const holder = customer();
const stranger = customer();
const auditor: Actor = { userId: newUserId(), partyId: null, role: "auditor", authStrength: "password" };

beforeAll(async () => {
  runner = startRunner(runtime);
  accountId = await openAccount(runtime, holder);
  await openAccount(runtime, stranger);
  await until("the openings lie beyond the overlap", async () => {
    const { rows } = await runtime.pool.query(
      "select max(recorded_at) < clock_timestamp() - interval '5.2 s' as past from events",
    );
    return rows[0]?.past === true;
  });
});
afterAll(async () => {
  await runner.stop();
});

function listen(actor: Actor, currentActor = async (): Promise<Actor | null> => actor) {
  const leave = new AbortController();
  const heard: string[] = [];
  let over = false;
  const stream = movedStream({
    runtime,
    actor,
    currentActor,
    signal: leave.signal,
    timing: { sessionCheckMs: 100, heartbeatMs: 150 },
  });
  const ended = (async () => {
    for await (const chunk of stream) heard.push(new TextDecoder().decode(chunk));
    over = true;
  })();
  const beats = () => heard.filter((text) => text === ": beat\n\n").length;
  /** Time enough for what would have come. */
  async function hasBeaten(times: number): Promise<void> {
    const before = beats();
    await until("the stream has beaten", () => beats() >= before + times);
  }
  const moves = () => heard.filter((text) => text.startsWith("event: moved")).length;
  return { heard, moves, hasBeaten, leave, ended, isOver: () => over };
}

test("a movement is heard by those who may see it, and nobody learns what it was", async () => {
  const nobody: Actor = { ...auditor, role: "customer" };
  const [own, other, all, none] = [listen(holder), listen(stranger), listen(auditor), listen(nobody)];
  for (const one of [own, other, all, none]) await one.hasBeaten(2);
  expect([own.moves(), other.moves(), all.moves()]).toEqual([0, 0, 0]);
  await give(deposit(accountId, 77n, "secret"), { runtime, actor: holder });
  await until("both who may see it hear of it", () => own.moves() > 0 && all.moves() > 0);
  for (const one of [other, none]) await one.hasBeaten(3);
  expect(other.moves()).toBe(0);
  expect(none.moves()).toBe(0);
  expect(new Set(own.heard)).toEqual(new Set(["retry: 2000\n\n", ": beat\n\n", "event: moved\ndata: moved\n\n"]));
  for (const { leave, ended } of [own, other, all, none]) {
    leave.abort();
    await ended;
  }
});

test("a stream that opens just after a movement hears of it", async () => {
  await give(deposit(accountId, 1n), { runtime, actor: holder });
  const own = listen(holder);
  await until("it hears of it", () => own.moves() > 0);
  own.leave.abort();
  await own.ended;
});

test("with the read models held, their catching up is heard when it happens", async () => {
  await runner.stop();
  await give(deposit(accountId, 1n), { runtime, actor: holder });
  const own = listen(holder);
  await own.hasBeaten(3);
  const before = own.moves();
  runner = startRunner(runtime);
  await until("it hears that they have caught up", () => own.moves() > before);
  own.leave.abort();
  await own.ended;
});

test("it ends at sign-out and when the role changes", async () => {
  for (const later of [null, { ...holder, role: "teller" as const }]) {
    let now: Actor | null = holder;
    const stream = listen(holder, async () => now);
    await stream.hasBeaten(2);
    expect(stream.isOver()).toBe(false);
    now = later;
    await stream.ended;
  }
});
