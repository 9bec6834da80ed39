import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { newUserId } from "@/infra/ids";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
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
  await pause(5_200); // beyond the overlap
});
afterAll(async () => {
  await runner.stop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
  const moves = () => heard.filter((text) => text.startsWith("event: moved")).length;
  return { heard, moves, leave, ended, isOver: () => over };
}

test("a movement is heard by those who may see it, and nobody learns what it was", async () => {
  const nobody: Actor = { ...auditor, role: "customer" };
  const [own, other, all, none] = [listen(holder), listen(stranger), listen(auditor), listen(nobody)];
  await pause(300);
  expect([own.moves(), other.moves(), all.moves()]).toEqual([0, 0, 0]);
  await give(deposit(accountId, 77n, "secret"), { runtime, actor: holder });
  await pause(900);
  expect(own.moves()).toBeGreaterThan(0);
  expect(all.moves()).toBeGreaterThan(0);
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
  await pause(200);
  const own = listen(holder);
  await pause(500);
  expect(own.moves()).toBeGreaterThan(0);
  own.leave.abort();
  await own.ended;
});

test("with the read models held, their catching up is heard when it happens", async () => {
  await runner.stop();
  await give(deposit(accountId, 1n), { runtime, actor: holder });
  const own = listen(holder);
  await pause(800);
  const before = own.moves();
  runner = startRunner(runtime);
  await pause(900);
  expect(own.moves()).toBeGreaterThan(before);
  own.leave.abort();
  await own.ended;
});

test("it ends at sign-out and when the role changes", async () => {
  for (const later of [null, { ...holder, role: "teller" as const }]) {
    let now: Actor | null = holder;
    const stream = listen(holder, async () => now);
    await pause(250);
    expect(stream.isOver()).toBe(false);
    now = later;
    await stream.ended;
  }
});
