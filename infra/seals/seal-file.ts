import { type FileHandle, mkdir, open } from "node:fs/promises";
import path from "node:path";
import { parseSealLine, type Seal, sealLine } from "./seal";
import { sealLinesIn } from "./seal-lines";

const lineBytesMax = 4_096;

/** The last seal in the file; undefined where there is no file, or none in it. A line that a crash cut short does not count. */
export async function lastFiled(file: string): Promise<Seal | undefined> {
  const handle = await openIfThere(file);
  if (!handle) return undefined;
  try {
    return (await endOf(handle, file)).last;
  } finally {
    await handle.close();
  }
}

/** Adds seals below the last whole line, and returns when the disk has them. One at a time: the caller holds the sealers' lock. */
export async function fileSeals(file: string, seals: readonly Seal[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = (await openIfThere(file)) ?? (await open(file, "wx+", 0o600));
  try {
    const { wholeBytes, unended } = await endOf(handle, file);
    const lines = Buffer.from((unended ? "\n" : "") + seals.map((seal) => `${sealLine(seal)}\n`).join(""));
    await handle.truncate(wholeBytes);
    await handle.write(lines, 0, lines.length, wholeBytes);
    await handle.sync();
    if (wholeBytes === 0) await syncFolder(path.dirname(file));
  } finally {
    await handle.close();
  }
}

async function endOf(
  handle: FileHandle,
  file: string,
): Promise<{ last: Seal | undefined; wholeBytes: number; unended: boolean }> {
  const { size } = await handle.stat();
  const from = Math.max(0, size - 2 * lineBytesMax);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
  const tail = buffer.subarray(0, bytesRead);
  const { lines, bytes, unended } = sealLinesIn(tail, { file, isStart: from === 0 });
  if (lines.length === 0 && from > 0) throw new Error(`${file} does not end in lines of seals`);
  const line = lines.at(-1);
  return { last: line ? parseSealLine(line) : undefined, wholeBytes: from + bytes, unended };
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, "r+");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

// A new file's name is on the disk only when its folder is.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether there is no such file. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}
