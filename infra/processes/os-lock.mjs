// Plain JavaScript: the bootstrap needs it before any package is installed.
import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A lock of the operating system on a file. It belongs to an open file, so it lives as long as any process has that file open: this one, and
 * each child that is given `fd`. It is seen across PID and IPC namespaces. What the file says is for people; only the lock itself counts.
 * @typedef {{ readonly file: string, readonly fd: number, release(): void }} OsLock
 */

const lookEveryMs = 100;
const tellAfterMs = 1_000;
const replacedTimesMax = 20;
const isLinux = process.platform === "linux";
const oExLock = 0x20; // O_EXLOCK of macOS and the BSDs, which Node does not name
const takenStatus = 1;

/**
 * Takes the lock on `file` where nobody holds it; undefined where somebody does. Throws in words where this cannot be told.
 * `foreign`: the file is somebody else's, so that nothing is made of it and nothing written into it.
 * @param {string} file
 * @param {{ foreign?: boolean }} [options]
 * @returns {OsLock | undefined}
 */
export function tryLock(file, { foreign = false } = {}) {
  for (let time = 0; time < replacedTimesMax; time += 1) {
    const fd = openLocked(file, foreign);
    if (fd === undefined) return undefined;
    if (!isStill(file, fd)) {
      closeSync(fd); // somebody deleted or replaced the file before we had it: that lock excludes nobody
      continue;
    }
    let held = true;
    if (!foreign) sign(fd);
    const release = () => {
      if (held) closeSync(fd);
      held = false;
    };
    return { file, fd, release };
  }
  throw new Error(`${file} is deleted or replaced again and again by another program: Daybook needs it as a lock.`);
}

/**
 * Runs `work` while holding the lock. Throws after `waitMsMax`, or when `signal` aborts while it waits; `tell` hears who holds it.
 * @template T
 * @param {string} file
 * @param {{ waitMsMax: number, signal?: AbortSignal | undefined, tell?: ((holder: string) => void) | undefined }} options
 * @param {(lock: OsLock) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, { waitMsMax, signal, tell }, work) {
  const began = Date.now();
  let told = false;
  for (;;) {
    signal?.throwIfAborted();
    const lock = tryLock(file);
    if (lock) {
      try {
        return await work(lock);
      } finally {
        lock.release();
      }
    }
    const waitedMs = Date.now() - began;
    if (waitedMs >= waitMsMax)
      throw new Error(`${file} has been locked for ${Math.round(waitMsMax / 1000)} s, ${holderOf(file)}.`);
    if (!told && waitedMs >= tellAfterMs) {
      told = true;
      tell?.(holderOf(file));
    }
    await sleep(lookEveryMs);
  }
}

/**
 * Throws in words where the file system of a lock that is held lets others take it too.
 * @param {OsLock} lock
 */
export function mustExclude({ file }) {
  const second = openLocked(file, true);
  if (second === undefined) return;
  closeSync(second);
  throw new Error(
    `${file} lies on a file system whose locks keep nobody out. Put the data folder on a local disk (DAYBOOK_DATA).`,
  );
}

/**
 * Who holds the lock, as far as its file says so: "by process 12 on host-a since …".
 * @param {string} file
 */
export function holderOf(file) {
  try {
    const [line = ""] = readFileSync(file, "utf8")
      .slice(0, 200)
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/);
    return /^by process \d+ on [\w.-]+ since [\w:.-]+$/.test(line) ? line : "by a process that left no name in it";
  } catch {
    return "by a process whose name cannot be read";
  }
}

/**
 * The file, open and locked; undefined where the lock is taken.
 * @param {string} file
 * @param {boolean} foreign
 */
function openLocked(file, foreign) {
  const flags = constants.O_RDWR | (foreign ? 0 : constants.O_CREAT);
  let fd;
  try {
    fd = openSync(file, isLinux ? flags : flags | oExLock | constants.O_NONBLOCK, 0o600);
  } catch (error) {
    if (!isLinux && (error.code === "EAGAIN" || error.code === "EWOULDBLOCK")) return undefined;
    throw new Error(cannotOpen(file, error.code), { cause: error });
  }
  if (!fstatSync(fd).isFile()) {
    closeSync(fd);
    throw new Error(`${file} is not an ordinary file, and Daybook needs one there: remove it.`);
  }
  if (!isLinux || flock(file, fd)) return fd;
  closeSync(fd);
  return undefined;
}

/**
 * Node knows no flock(2). The program of that name locks the open file that it inherits, and that is ours: the lock stays when it ends.
 * @param {string} file
 * @param {number} fd
 */
function flock(file, fd) {
  const options = { env: { PATH: process.env.PATH, LC_ALL: "C" }, encoding: "utf8", stdio: ["ignore", "ignore", "pipe", fd] };
  const { error, status, signal, stderr } = spawnSync("flock", ["-n", "3"], /** @type {any} */ (options));
  if (error?.code === "ENOENT")
    throw new Error(
      'The program "flock" is missing, by which Daybook keeps two starts from one folder. Install it: on most systems it is in the package util-linux.',
    );
  if (error) throw error;
  if (status === 0) return true;
  if (status === takenStatus) return false;
  const said = stderr.trim() || `flock ended with ${signal ?? status}`;
  throw new Error(
    `${file} cannot be locked (${said}): this file system keeps no locks. Put the data folder on a local disk (DAYBOOK_DATA).`,
  );
}

function isStill(file, fd) {
  const ours = fstatSync(fd, { bigint: true });
  const named = statSync(file, { bigint: true, throwIfNoEntry: false });
  return named !== undefined && named.ino === ours.ino && named.dev === ours.dev;
}

/** Flushed: a power cut leaves whole words, or none. A full disk leaves the lock without them. */
function sign(fd) {
  try {
    ftruncateSync(fd, 0);
    writeSync(fd, `by process ${process.pid} on ${hostname()} since ${new Date().toISOString()}\n`, 0);
    fsyncSync(fd);
  } catch {
    // the lock holds all the same
  }
}

/** @type {Readonly<Record<string, string>>} */
const reasons = {
  EISDIR: "is a folder, and Daybook needs a file there: remove it",
  EACCES: "may not be opened by this user: let its owner start Daybook, or give it to this user",
  EPERM: "may not be opened by this user: let its owner start Daybook, or give it to this user",
  EROFS: "lies on a disk that can only be read: Daybook must write there",
  ENOSPC: "cannot be made: the disk is full",
  ENOTDIR: "lies below something that is no folder",
  ELOOP: "is a link that leads nowhere: remove it",
  ENOENT: "cannot be made: its folder is not there",
};

function cannotOpen(file, code) {
  return `${file} ${reasons[code] ?? `cannot be opened (${code})`}.`;
}
