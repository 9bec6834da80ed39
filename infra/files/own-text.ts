import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * A small text that Daybook wrote once, as it stands now; undefined when there is no such file. Editors and copying tools change line ends,
 * add a byte-order mark or drop the last newline: none of that changes what is read. Throws in words, with the file's name, where it cannot be read.
 */
export function readOwnText(file: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new Error(`${file} ${reasons[code] ?? `cannot be read (${code})`}.`, { cause: error });
  }
  if (bytes.includes(0) || !isUtf8(bytes))
    throw new Error(`${file} is no UTF-8 text: another program has rewritten it. Restore it, or save it as UTF-8.`);
  return new TextDecoder().decode(bytes).replace(/\r\n?/g, "\n").trim();
}

/** The same for JSON. Throws in words where the text is something else. */
export function readOwnJson(file: string): unknown {
  const text = readOwnText(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is ${text === "" ? "empty" : "no JSON any more"}: restore it, or remove it.`, { cause: error });
  }
}

/** Writes a file, readable by its owner alone: whole or not at all, and on the disk when this returns. */
export function writeOwnText(file: string, text: string): void {
  const unfinished = `${file}.${randomBytes(4).toString("hex")}.new`; // a process's number may be another's in another container
  try {
    writeFileSync(unfinished, `${text}\n`, { mode: 0o600, flag: "wx", flush: true });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  flushFolder(path.dirname(file));
}

/** Makes the names in a folder survive a power cut. */
export function flushFolder(folder: string): void {
  const open = openSync(folder, "r");
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EISDIR: "is a folder, and Daybook keeps a file there: remove it, or restore the file",
  EACCES: "may not be read by this user: start Daybook as its owner",
  EPERM: "may not be read by this user: start Daybook as its owner",
};

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
