import { type FileHandle, open } from "node:fs/promises";
import { isMissing } from "@/infra/seals/seal-file";
import { sealLinesIn } from "@/infra/seals/seal-lines";

const bytesPerRead = 65_536; // many lines
const blankBytesMax = 256; // more than that is no empty file, whatever is in it

/** The lines of the seal file one by one, in order; undefined at its end, until it has grown. A line that a crash cut short does not count. */
export type FiledSeals = { next(): Promise<string | undefined> };

/** A missing file has no lines. */
export function filedSeals(file: string | undefined): FiledSeals {
  let lines: string[] = [];
  let offset = 0; // behind the last whole line that was read
  return {
    async next() {
      if (lines.length === 0 && file !== undefined) {
        const read = sealLinesIn(await bytesFrom(file, offset), { file, isStart: offset === 0 });
        lines = read.lines;
        offset += read.bytes;
      }
      return lines.shift();
    },
  };
}

/**
 * False on a machine that never had the file: a restored book has its seals, and no witness to them. An emptied file is none
 * either, whatever blank lines an editor left in it.
 */
export async function holdsAnything(file: string): Promise<boolean> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, "r");
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(blankBytesMax), 0, blankBytesMax, 0);
    return bytesRead === blankBytesMax || buffer.toString("utf8", 0, bytesRead).trim() !== "";
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  } finally {
    await handle?.close();
  }
}

async function bytesFrom(file: string, offset: number): Promise<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, "r");
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytesPerRead), 0, bytesPerRead, offset);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  } finally {
    await handle?.close();
  }
}
