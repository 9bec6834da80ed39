import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import type { AccountId, CommandId } from "@/domain/ids";
import { newCommandId } from "../ids";
import { migrate } from "../postgres/migrate";
import { exitCodes } from "../processes/exit-codes";
import { createRuntime, type Runtime } from "../runtime";
import type { Answer, Order } from "../testing/command-process";
import { customer, deposit, give, openAccount } from "../testing/test-bank";
import { type TestDatabase, testDatabase } from "../testing/test-database";
import { testSecrets } from "../testing/test-secrets";
import { until } from "../testing/until";
import { buildSchema } from "./build-schema";
import { BuildTooOld } from "./schema-standing";
import { contraction, expansion, laterMigrations, laterNumber } from "./testing/later-build";

// Two builds on one book: this one, and the next, which comes with an expand. The one after that comes with a contract.

const next = laterMigrations(expansion);
const nextButOne = laterMigrations(expansion, contraction);
afterAll(() => {
  next.remove();
  nextButOne.remove();
});

let database: TestDatabase;
let accountId: AccountId;
let actor: Actor;
let stopped: (() => Promise<unknown>)[];
beforeEach(async () => {
  stopped = [];
  database = await testDatabase();
  const runtime = aRuntime();
  const holder = customer();
  accountId = await openAccount(runtime, holder);
  actor = holder;
});
afterEach(async () => {
  await Promise.all(stopped.map((stop) => stop()));
  await database.drop();
});

function aRuntime(schema = buildSchema): Runtime {
  const runtime = createRuntime({ urls: database.urls, keys: testSecrets, schema });
  stopped.push(() => runtime.close());
  return runtime;
}

const bring = (migrations?: string) =>
  migrate(database.ownerUrl, { book: { keys: testSecrets }, ...(migrations && { migrations }) });

/** A process of commands, as a build of the schema with this number. Deposits one cent after another, each as soon as one is answered. */
function aBuild(number: number) {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, ["--import", "tsx", "infra/testing/command-process.ts"], {
    env: {
      ...process.env,
      COMMAND_PROCESS_URLS: JSON.stringify(database.urls),
      COMMAND_PROCESS_SCHEMA: String(number),
      DAYBOOK_LOG_LEVEL: "silent",
    },
  });
  const answers: Answer[] = [];
  const open = new Set<CommandId>();
  let said = "";
  let giving = true;
  child.stdin.on("error", () => {}); // it has ended
  child.stderr.on("data", (text) => {
    said += text;
  });
  const ended = new Promise<number | null>((done) => child.on("close", done));
  const order = () => {
    const commandId = newCommandId();
    open.add(commandId);
    child.stdin.write(`${JSON.stringify({ actor, commandId, accountId, minorUnits: "1" } satisfies Order)}\n`);
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    const answer = JSON.parse(line) as Answer;
    answers.push(answer);
    open.delete(answer.commandId);
    if (giving) order();
  });
  for (let i = 0; i < 4; i++) order();
  stopped.push(async () => child.kill("SIGKILL"));
  return {
    answers,
    open: open as ReadonlySet<CommandId>,
    said: () => said,
    ended,
    goesOn: async (what: string) => {
      const before = done(answers).length;
      await until(what, () => done(answers).length > before + 20);
    },
    end: () => {
      giving = false;
      child.stdin.end();
      return ended;
    },
  };
}

const done = (answers: readonly Answer[]) => answers.filter(({ kind }) => kind === "done");
const others = (answers: readonly Answer[]) => [...new Set(answers.map(({ kind }) => kind))].filter((kind) => kind !== "done");

async function booked(): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    "select metadata ->> 'commandId' as id from events where stream_id = $1 and version > 1 order by version",
    [accountId],
  );
  return rows.map(({ id }) => id);
}

test("rolling update and back between neighbours: both deposit throughout, none is lost and none fails", async () => {
  const old = aBuild(buildSchema.number);
  await old.goesOn("the old build deposits");
  await bring(next.folder);
  await old.goesOn("the old build goes on after the expand");
  const young = aBuild(laterNumber(1));
  await young.goesOn("the new build deposits beside it");
  await old.goesOn("the old build deposits beside it");
  expect(await old.end()).toBe(0);
  await young.goesOn("the new build is alone");
  const back = aBuild(buildSchema.number); // and back: the book keeps what was expanded
  await back.goesOn("the old build deposits again");
  expect(await young.end()).toBe(0);
  await back.goesOn("the old build is alone again");
  expect(await back.end()).toBe(0);

  const answers = [old, young, back].flatMap((build) => build.answers);
  expect(others(answers)).toEqual([]);
  expect((await booked()).toSorted()).toEqual(
    done(answers)
      .map(({ commandId }) => commandId)
      .toSorted(),
  );
});

test("after a contract the old build says why and ends with the code that says not to start it again; nothing fails, and the neighbour goes on", async () => {
  await bring(next.folder);
  const [old, young] = [aBuild(buildSchema.number), aBuild(laterNumber(1))];
  await old.goesOn("the old build deposits");
  await young.goesOn("the new build deposits");
  await database.owner.query(`select raise_schema_floor(${laterNumber(1)}, ${laterNumber(1)})`);
  expect(await old.ended).toBe(exitCodes.doNotRestart);
  expect(old.said()).toMatch(/knows the book's schema up to .*, takes builds from number .*: start a newer build/);
  await young.goesOn("the neighbour goes on");
  expect(await young.end()).toBe(0);

  // A command of the old build is booked and known, or not booked and told "busy", or never answered: then its id tells.
  expect(others(old.answers).filter((kind) => kind !== "busy")).toEqual([]);
  const inBook = new Set(await booked());
  for (const { commandId, kind } of old.answers) expect(inBook.has(commandId), `${commandId} was ${kind}`).toBe(kind === "done");
  for (const id of old.open) {
    const outcome = await give(deposit(accountId, 1n), { runtime: aRuntime(later), actor, commandId: id });
    expect(outcome).toMatchObject({ kind: "done", replayed: inBook.has(id) });
  }
});

const later = { number: laterNumber(1), name: "later" };

test("what a contract takes away under a running build is no failure of its commands: it asks the book and turns them away", async () => {
  const old = aRuntime();
  expect((await give(deposit(accountId, 1n), { runtime: old, actor })).kind).toBe("done");
  await bring(nextButOne.folder);
  const commandId = newCommandId();
  expect((await give(deposit(accountId, 1n), { runtime: old, actor, commandId })).kind).toBe("busy");
  expect(await booked()).toHaveLength(1);
});

test("a running build learns of a contract without a command, by notice or by its next look", async () => {
  const old = aRuntime();
  let why: BuildTooOld | undefined;
  old.schema.start((tooOld) => {
    why = tooOld;
  });
  const young = aRuntime(later);
  young.schema.start(() => expect.unreachable("it is above the floor"));
  await bring(nextButOne.folder);
  await until("it was told", () => why !== undefined);
  expect(why).toBeInstanceOf(BuildTooOld);
});

test("a process that starts its work on a book that is ahead learns it at once", async () => {
  await bring(nextButOne.folder);
  const old = aRuntime();
  let told = false;
  old.schema.start(() => {
    told = true;
  });
  expect((await give(deposit(accountId, 1n), { runtime: old, actor })).kind).toBe("busy");
  await until("it was told", () => told);
});

test("a statement that fails for the schema on a book that still takes this build is a failure, once and in words", async () => {
  await database.owner.query("alter function append_events rename to append_events_gone");
  const runtime = aRuntime();
  expect((await give(deposit(accountId, 1n), { runtime, actor })).kind).toBe("failed");
  await database.owner.query("alter function append_events_gone rename to append_events");
  expect((await give(deposit(accountId, 1n), { runtime, actor })).kind).toBe("done");
});
