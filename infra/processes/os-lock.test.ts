import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { holderOf, mustExclude, tryLock, withLock } from "./os-lock.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "daybook-lock-"));
let count = 0;
const newFile = () => path.join(folder, `${++count}.lock`);

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(path.join(folder, "bin"), { recursive: true, force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a lock that is held is refused to others, in this process too, and free again when it is let go", () => {
  const file = newFile();
  const lock = tryLock(file);
  expect(lock).toBeDefined();
  expect(tryLock(file)).toBeUndefined();
  lock?.release();
  lock?.release(); // once more does no harm
  const again = tryLock(file);
  expect(again).toBeDefined();
  again?.release();
});

const left: readonly (readonly [string, string | Buffer])[] = [
  ["nothing, as after a power cut", ""],
  ["half a line", '{"pid":1,"star'],
  ["zeros", Buffer.alloc(512)],
  ["another encoding", Buffer.from("by process 1 on a since b", "utf16le")],
  ["a process that runs", JSON.stringify({ pid: process.pid, started: "1" })],
  ["a Windows line end and a mark before it", "\uFEFFby process 1 on host since now\r\n"],
];
test.each(left)("what stands in a lock file means nothing: %s", (_, content) => {
  const file = newFile();
  writeFileSync(file, content);
  const lock = tryLock(file);
  expect(lock).toBeDefined();
  expect(holderOf(file)).toMatch(new RegExp(`^by process ${process.pid} on .+ since 20`));
  lock?.release();
});

test("the lock lives as long as a child that was given it, though its parent has let it go", async () => {
  const file = newFile();
  const lock = tryLock(file);
  if (!lock) throw new Error("taken");
  const child = spawn("/bin/cat", [], { stdio: ["pipe", "ignore", "ignore", lock.fd] });
  const ended = new Promise((done) => child.once("exit", done));
  lock.release();
  expect(tryLock(file)).toBeUndefined();
  child.stdin?.end();
  await ended;
  const next = tryLock(file);
  expect(next).toBeDefined();
  next?.release();
});

test("who waits is told by whom, and gives up in words", async () => {
  const file = newFile();
  const lock = tryLock(file);
  const told: string[] = [];
  const waiting = withLock(file, { waitMsMax: 1_200, tell: (holder) => told.push(holder) }, async () => "mine");
  await expect(waiting).rejects.toThrow(new RegExp(`${file} has been locked for 1 s, by process ${process.pid} on `));
  expect(told).toHaveLength(1);
  lock?.release();
});

test("an abort ends the waiting", async () => {
  const file = newFile();
  const lock = tryLock(file);
  const stop = new AbortController();
  const waiting = withLock(file, { waitMsMax: 60_000, signal: stop.signal }, async () => "mine");
  stop.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
  lock?.release();
});

test("a folder in place of the file, or no folder for it, is refused in words", () => {
  const file = newFile();
  mkdirSync(file);
  expect(() => tryLock(file)).toThrow(`${file} is a folder, and Daybook needs a file there: remove it.`);
  const nowhere = path.join(folder, "no", "lock");
  expect(() => tryLock(nowhere)).toThrow(`${nowhere} cannot be made: its folder is not there.`);
});

test.skipIf(process.getuid?.() === 0)("a file that this user may not open is refused in words", () => {
  const file = newFile();
  writeFileSync(file, "", { mode: 0o000 });
  expect(() => tryLock(file)).toThrow("may not be opened by this user");
});

test("a file that was deleted while somebody took the lock is made again, and locked", () => {
  const file = newFile();
  tryLock(file)?.release();
  rmSync(file);
  const lock = tryLock(file);
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, "utf8")).toContain(String(process.pid));
  lock?.release();
});

/** Another program of the name flock, as on a machine whose file system or system differs. */
function flockThat(script: string): void {
  const bin = path.join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, "flock"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, "flock"), 0o755);
  vi.stubEnv("PATH", bin);
}

const linux = process.platform === "linux" ? test : test.skip;

linux("a machine without the program flock is told which package brings it", () => {
  vi.stubEnv("PATH", path.join(folder, "nothing-here"));
  expect(() => tryLock(newFile())).toThrow(/"flock" is missing.*package util-linux/);
});

linux("a file system that keeps no locks is refused in words", () => {
  flockThat('echo "flock: 3: No locks available" >&2; exit 71');
  expect(() => tryLock(newFile())).toThrow(/cannot be locked \(flock: 3: No locks available\): this file system keeps no locks/);
});

linux("a file system whose locks keep nobody out is refused in words", () => {
  flockThat("exit 0");
  const lock = tryLock(newFile());
  if (!lock) throw new Error("taken");
  expect(() => mustExclude(lock)).toThrow("locks keep nobody out");
  lock.release();
});

linux("the lock is the system's own: a shell's flock sees it", () => {
  const file = newFile();
  const lock = tryLock(file);
  expect(spawnSync("flock", ["-n", file, "true"]).status).toBe(1);
  lock?.release();
  expect(spawnSync("flock", ["-n", file, "true"]).status).toBe(0);
});
