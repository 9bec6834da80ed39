import { spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, expect, test } from "vitest";
import { endFolderBanks, type FolderBank, hasNamespaces, startFolderBank } from "@/infra/testing/folder-bank";
import { claimFolder, removeRun } from "@/infra/testing/test-server";
import { until } from "@/infra/testing/until";
import { signal } from "../processes/process-identity";
import { processesIn } from "../processes/processes-in-folder";
import { removeEmbeddedPostgres } from "./remove";

const folder = claimFolder();
let count = 0;
const newHome = () => path.join(folder, `bank-${++count}`);
const homes: string[] = [];

afterEach(async () => {
  endFolderBanks();
  for (const home of homes.splice(0)) {
    for (const pid of processesIn(folder)) signal(pid, "SIGKILL");
    for (const pid of workers(home)) signal(pid, "SIGKILL");
    await removeEmbeddedPostgres(home);
  }
});
afterAll(() => removeRun(folder));

const workers = (home: string) => {
  try {
    return processesIn(path.join(home, "data"));
  } catch {
    return []; // there is no such folder yet
  }
};

function bank(home: string, where: Parameters<typeof startFolderBank>[1]): FolderBank {
  if (!homes.includes(home)) homes.push(home);
  return startFolderBank(home, where);
}

const answered = (one: FolderBank) => until("it is up, or refused", () => one.answered());
const deposits = (one: FolderBank, more: number) => {
  const before = one.acknowledged().length;
  return until(`${more} deposits are acknowledged`, () => one.acknowledged().length >= before + more);
};

/** Everything that was acknowledged stands, and every position is there once. */
async function mustHoldAll(home: string, banks: readonly FolderBank[]): Promise<void> {
  const last = bank(home, "here");
  await answered(last);
  const [up] = last.of("up");
  if (!up) throw new Error(`not up: ${last.of("refused")[0]?.words}`);
  const client = new pg.Client({ connectionString: up.url });
  await client.connect();
  const { rows } = await client.query<{ name: string; position: string }>(
    "select stream_id || '@' || version as name, position from events order by position",
  );
  await client.end();
  const there = new Set(rows.map(({ name }) => name));
  for (const one of banks) expect(one.acknowledged().filter((name) => !there.has(name))).toEqual([]);
  expect(rows.map(({ position }) => Number(position))).toEqual(rows.map((_, index) => index + 1));
  expect(there.size).toBe(rows.length);
  last.stop();
  await last.ended;
}

const inContainers = hasNamespaces ? test : test.skip;

inContainers(
  "a second container on one folder joins the first one's server, and nothing acknowledged is lost when that is killed",

  async () => {
    const home = newHome();
    const first = bank(home, "container");
    await answered(first);
    const second = bank(home, "container");
    await answered(second);
    expect(second.of("up")).toMatchObject([{ url: first.of("up")[0]?.url, pid: null }]);
    await Promise.all([deposits(first, 20), deposits(second, 20)]);

    first.killApp();
    await deposits(second, 20); // its server lives on, in a container that the second one does not see
    for (const pid of workers(home)) signal(pid, "SIGKILL");
    await until("the second one starts it again", () => second.words().includes("PostgreSQL runs again."));
    await deposits(second, 20);
    second.stop();
    await until("it stops", () => second.of("stopped").length === 1);
    await mustHoldAll(home, [first, second]);
  },
);

inContainers(
  "a second container that cannot reach the first one's server is refused in words, whatever is killed",

  async () => {
    const home = newHome();
    const first = bank(home, "container, as its first process");
    await answered(first);
    await deposits(first, 20);
    const second = bank(home, "container, alone");
    await answered(second);
    expect(second.of("up")).toEqual([]);
    expect(second.of("refused")[0]?.words).toMatch(/^The database folder .*bank-\d+ is in use .*DAYBOOK_DATA/s);
    await second.ended;
    await deposits(first, 20);
    first.killApp(); // the first process of its container: with it everything there ends
    await until("all of it has ended", () => workers(home).length === 0);
    await mustHoldAll(home, [first]);
  },
);

test("a killed server whose children live on keeps the folder, and gives it free with the last of them", async () => {
  const home = newHome();
  const first = bank(home, "here");
  await answered(first);
  await deposits(first, 20);
  const server = first.of("up")[0]?.pid ?? 0;
  const children = workers(home).filter((pid) => pid !== server);
  for (const pid of children) signal(pid, "SIGSTOP");
  first.killApp();
  signal(server, "SIGKILL");
  await first.ended;

  const second = bank(home, "here");
  await until("it says what it waits for", () => second.words().some((words) => words.includes("is in use (process")));
  expect(second.of("up")).toEqual([]);
  for (const pid of children) signal(pid, "SIGCONT");
  await answered(second);
  expect(second.of("up")).toHaveLength(1);
  await deposits(second, 5);
  second.stop();
  await second.ended;
  await mustHoldAll(home, [first, second]);
});

test("two starts at the very same time share one server", async () => {
  const home = newHome();
  const banks = [bank(home, "here"), bank(home, "here")];
  for (const one of banks) await answered(one);
  const urls = banks.map((one) => one.of("up")[0]?.url);
  expect(urls[0]).toBeDefined();
  expect(urls[1]).toBe(urls[0]);
  for (const one of banks) await deposits(one, 10);
  for (const one of banks) one.stop();
  for (const one of banks) await one.ended;
  await mustHoldAll(home, banks);
});

test("a copy of a folder at work gets a server of its own, and leaves the original's alone", async () => {
  const home = newHome();
  const first = bank(home, "here");
  await answered(first);
  await deposits(first, 20);
  const copied = newHome();
  first.killApp(); // the server stays, and is quiet: files copied while it writes make no whole database
  await first.ended;
  cpSync(home, copied, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });

  const copy = bank(copied, "here");
  await answered(copy);
  expect(copy.of("up")).toHaveLength(1);
  expect(copy.of("up")[0]?.url).not.toBe(first.of("up")[0]?.url);
  await deposits(copy, 5);
  copy.stop();
  await copy.ended;
  await mustHoldAll(home, [first]);
});

test("what a killed server left in the folder names another program now: that is left alone, and the server starts", async () => {
  const home = newHome();
  const first = bank(home, "here");
  await answered(first);
  await deposits(first, 5);
  const pidFile = path.join(home, "data/postmaster.pid");
  const left = readFileSync(pidFile, "utf8").split("\n");
  first.killApp();
  for (const pid of workers(home)) signal(pid, "SIGKILL");
  await until("all of it has ended", () => workers(home).length === 0);

  // As the first process of a container is always 1, and any other number soon somebody else's.
  const stranger = spawn("/bin/sh", ["-c", `: postgres -D ${path.join(home, "data")}; sleep 600`], { stdio: "ignore" });
  for (const pid of [1, stranger.pid]) {
    writeFileSync(pidFile, [pid, ...left.slice(1)].join("\n"));
    const next = bank(home, "here");
    await answered(next);
    expect(next.of("refused")).toEqual([]);
    next.stop();
    await next.ended;
  }
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  stranger.kill();
  await mustHoldAll(home, [first]);
});

test("a lock file that was deleted under a server at work lets nobody start a second one beside it", async () => {
  const home = newHome();
  const first = bank(home, "here");
  await answered(first);
  await deposits(first, 5);
  const before = workers(home);
  rmSync(path.join(home, "postgres.lock"));
  rmSync(path.join(home, "data/postmaster.pid"));
  const second = bank(home, "here");
  await answered(second);
  // PostgreSQL looks for its mark every minute, and ends without it. Only then may another server start.
  if (second.of("up").length > 0) expect(workers(home).filter((pid) => before.includes(pid))).toEqual([]);
  second.stop();
  await second.ended;
  first.killApp();
  await first.ended;
  await mustHoldAll(home, [first, second]);
});
