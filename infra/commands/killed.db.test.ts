import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { testRuntime } from "@/infra/testing/test-runtime";
import { newCommandId } from "../ids";
import type { Answer, Order } from "../testing/command-process";
import { customer, openAccount } from "../testing/test-bank";

const { database, runtime } = await testRuntime();

type Line = { child: ChildProcessWithoutNullStreams; ended: Promise<void> };

function commandProcess(onAnswer: (answer: Answer) => void): Line {
  const child = spawn(process.execPath, ["--import", "tsx", "infra/testing/command-process.ts"], {
    env: { ...process.env, COMMAND_PROCESS_URLS: JSON.stringify(database.urls), DAYBOOK_LOG_LEVEL: "silent" },
  });
  child.stderr.pipe(process.stderr);
  child.stdin.on("error", () => {}); // it was killed while we wrote
  createInterface({ input: child.stdout }).on("line", (line) => onAnswer(JSON.parse(line) as Answer));
  return { child, ended: new Promise((done) => child.on("close", () => done())) };
}

const send = ({ child }: Line, order: Order) => child.stdin.write(`${JSON.stringify(order)}\n`);

async function book(accountId: string) {
  const { rows } = await database.pool.query<{ count: bigint; max: number; balance: string; ids: bigint }>(
    `select count(*), max(version), count(distinct metadata ->> 'commandId') as ids,
            coalesce(sum(case type when 'MoneyWithdrawn' then -1 else 1 end * (data -> 'amount' ->> 'minorUnits')::numeric), 0)::text as balance
       from events where stream_id = $1`,
    [accountId],
  );
  return rows[0];
}

test("killed six times with commands in flight: every acknowledged one stands, every retried id ends the same", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const acknowledged = new Map<string, Answer>();
  const orders: Order[] = Array.from({ length: 3_000 }, () => ({ actor, commandId: newCommandId(), accountId, minorUnits: "3" }));
  const differing: string[] = [];
  const note = (answer: Answer) => {
    if (answer.kind !== "done") return;
    const first = acknowledged.get(answer.commandId);
    if (first && first.events?.[0] !== answer.events?.[0]) differing.push(answer.commandId);
    acknowledged.set(answer.commandId, first ?? answer);
  };

  for (let kill = 1; kill <= 6; kill++) {
    const until = Math.min(orders.length, acknowledged.size + 30 + Math.floor(Math.random() * 300));
    const line: Line = commandProcess((answer) => {
      note(answer);
      if (acknowledged.size >= until) line.child.kill("SIGKILL");
    });
    for (const order of orders) if (kill % 2 || !acknowledged.has(order.commandId)) send(line, order); // every second time the old ids again too
    await line.ended;
  }
  const beforeLast = new Map(acknowledged);

  const last = commandProcess(note);
  for (const order of orders) send(last, order);
  last.child.stdin.end();
  await last.ended;

  expect(acknowledged.size).toBe(orders.length);
  expect(differing).toEqual([]);
  expect(beforeLast.size).toBeGreaterThan(6 * 30 - 1);
  expect(await book(accountId)).toEqual({ count: 3_001n, max: 3_001, ids: 3_001n, balance: "9000" });
  console.log(
    `killed 6 times; ${beforeLast.size} of ${orders.length} acknowledged before the last start; 3,000 effects, none twice`,
  );
});

test("two processes on one account, 2,000 commands: versions 1..n, nothing lost or twice, the balance right", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const answers: Answer[] = [];
  const lines = [commandProcess((answer) => answers.push(answer)), commandProcess((answer) => answers.push(answer))];
  for (let i = 0; i < 2_000; i++) {
    const line = lines[i % 2];
    if (line) send(line, { actor, commandId: newCommandId(), accountId, minorUnits: i % 4 === 3 ? "-2" : "5" });
  }
  for (const { child } of lines) child.stdin.end();
  await Promise.all(lines.map(({ ended }) => ended));
  const done = answers.filter(({ kind }) => kind === "done");
  const refused = answers.filter(({ kind }) => kind === "refused"); // a withdrawal may come before enough was deposited
  expect(done.length + refused.length).toBe(2_000);
  const stands = await book(accountId);
  expect(stands).toMatchObject({ count: BigInt(done.length + 1), max: done.length + 1, ids: BigInt(done.length + 1) });
  expect(BigInt(stands?.balance ?? 0)).toBe(1_500n * 5n - 2n * (500n - BigInt(refused.length)));
});

test("50 commands with one id through two processes make one event", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const commandId = newCommandId();
  const answers: Answer[] = [];
  const lines = [commandProcess((answer) => answers.push(answer)), commandProcess((answer) => answers.push(answer))];
  for (let i = 0; i < 50; i++)
    for (const line of lines.slice(i % 2, (i % 2) + 1)) send(line, { actor, commandId, accountId, minorUnits: "8" });
  for (const { child } of lines) child.stdin.end();
  await Promise.all(lines.map(({ ended }) => ended));
  expect(answers).toHaveLength(50);
  expect(new Set(answers.map(({ kind, events }) => `${kind} ${events?.[0]}`))).toEqual(new Set([`done ${accountId}@2`]));
  expect(await book(accountId)).toMatchObject({ count: 2n, balance: "8" });
});
