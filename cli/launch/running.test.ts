import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { tryLock } from "@/infra/processes/os-lock.mjs";
import { identify } from "@/infra/processes/process-identity";
import { clearLeftovers, noteRunning } from "./running";
import { findRunning, otherRun, tryRunLock } from "./running-elsewhere";

const folders: string[] = [];
const children: ChildProcess[] = [];
let dataDir = "";

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "daybook-running-"));
  folders.push(dataDir);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A program that runs until it is ended, and holds what is locked in `lock`. */
function program(lock?: number): ChildProcess {
  const child = spawn("/bin/cat", [], { stdio: ["pipe", "ignore", "ignore", ...(lock === undefined ? [] : [lock])] });
  children.push(child);
  return child;
}

function identityOf({ pid = 0 }: ChildProcess) {
  const identity = identify(pid);
  if (!identity) throw new Error("it does not run");
  return identity;
}

const lockOf = (name: string) => {
  const lock = tryLock(path.join(dataDir, name));
  if (!lock) throw new Error(`${name} is taken`);
  return lock;
};
const runs = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;
const told: string[] = [];
const clear = () => clearLeftovers(dataDir, (message) => told.push(message));

test("a web server that a killed start left behind is ended, where it holds the folder's lock", { timeout: 60_000 }, async () => {
  const lock = lockOf("server.lock");
  const left = program(lock.fd);
  lock.release();
  noteRunning(dataDir, { main: { pid: 4_000_000, started: "1" }, server: identityOf(left), address: "http://127.0.0.1:3000" });
  const gone = new Promise((done) => left.once("exit", (_, name) => done(name)));
  (await clear()).release();
  expect(await gone).toBe("SIGTERM");
  expect(existsSync(path.join(dataDir, "running.json"))).toBe(false);
});

test("a program that has the noted number, and not the lock, is left alone", async () => {
  const stranger = program();
  const identity = identityOf(stranger);
  noteRunning(dataDir, { main: identity, server: identity, address: "http://127.0.0.1:3000" });
  (await clear()).release();
  expect(runs(stranger)).toBe(true);
});

test("a web server that cannot be seen from here is waited for, and then refused in words that name the folder", {
  timeout: 120_000,
}, async () => {
  const lock = lockOf("server.lock");
  const left = program(lock.fd);
  lock.release();
  const stranger = identityOf(program()); // what the noted number names here
  noteRunning(dataDir, { main: stranger, server: stranger, address: "http://127.0.0.1:3000" });
  await expect(clear()).rejects.toThrow(new RegExp(`data folder ${dataDir} on ${hostname()}.*DAYBOOK_DATA`));
  expect(runs(left)).toBe(true);
});

const notes: readonly (readonly [string, (file: string) => void])[] = [
  ["missing", () => {}],
  ["empty", (file) => writeFileSync(file, "")],
  ["cut off", (file) => writeFileSync(file, '{"main":{"pi')],
  ["zeros", (file) => writeFileSync(file, Buffer.alloc(100))],
  ["a folder", (file) => mkdirSync(file)],
  ["of another shape", (file) => writeFileSync(file, "[1]")],
];
test.each(notes)("a note that is %s hinders no start where nobody holds the lock", async (_, make) => {
  make(path.join(dataDir, "running.json"));
  const run = await tryRunLock(dataDir, new AbortController().signal);
  expect(run).toBeDefined();
  run?.release();
  (await clear()).release();
});

test.each([
  ["with Windows line ends", (text: string) => `${text}\r\n`],
  ["with a byte-order mark", (text: string) => `\uFEFF${text}`],
])("a note %s is read", (_, change) => {
  const run = lockOf("running.lock");
  const note = {
    main: { pid: 1, started: "1" },
    server: { pid: 2, started: "2" },
    address: "http://127.0.0.1:3007",
    host: hostname(),
  };
  writeFileSync(path.join(dataDir, "running.json"), change(JSON.stringify(note)));
  expect(findRunning(dataDir)?.address).toBe("http://127.0.0.1:3007");
  expect(otherRun(dataDir)).toEqual({ words: "Daybook already runs at http://127.0.0.1:3007", code: 0 });
  run.release();
  expect(findRunning(dataDir)).toBeUndefined();
});

test("a Daybook on another machine is named with it, and the second start fails", () => {
  const run = lockOf("running.lock");
  const note = {
    main: { pid: 1, started: "1" },
    server: { pid: 2, started: "2" },
    address: "http://127.0.0.1:3007",
    host: "far",
  };
  writeFileSync(path.join(dataDir, "running.json"), JSON.stringify(note));
  const { words, code } = otherRun(dataDir);
  expect(code).toBe(1);
  expect(words).toMatch(
    new RegExp(`data folder ${dataDir} \\(by process \\d+ on .*\\): http://127.0.0.1:3007 on far\\. End it there`),
  );
  run.release();
});
