import { parseSealLine } from "./seal";

/** Lines of the seal file, and how many bytes of it they are. `unended`: the last one has no line end yet. */
export type SealLines = { lines: string[]; bytes: number; unended: boolean };

const lineEnd = /\r\n?|\n/;

/**
 * The whole lines in a part of the file. It may have passed through another tool: any line end is read, blank lines and a
 * byte-order mark are passed over, and the last line needs no end where it is a whole seal. One that a crash cut short is none.
 * @throws for UTF-16, which no seal was ever written in.
 */
export function sealLinesIn(part: Buffer, { file, isStart }: { file: string; isStart: boolean }): SealLines {
  if (isStart && ["fffe", "feff"].includes(part.subarray(0, 2).toString("hex")))
    throw new Error(`${file} is UTF-16 text: save it as UTF-8, and nothing is wrong with it`);
  const end = Math.max(part.lastIndexOf("\n"), part.lastIndexOf("\r")) + 1;
  const lines = textOf(part.subarray(0, end), isStart)
    .split(lineEnd)
    .filter((line) => line !== "");
  const rest = textOf(part.subarray(end), isStart && end === 0);
  if (!isWholeSeal(rest)) return { lines, bytes: end, unended: false };
  return { lines: [...lines, rest], bytes: part.length, unended: true };
}

function textOf(bytes: Buffer, isStart: boolean): string {
  const text = bytes.toString("utf8");
  return isStart ? text.replace(/^\uFEFF/, "") : text;
}

function isWholeSeal(text: string): boolean {
  if (text === "") return false;
  try {
    parseSealLine(text);
    return true;
  } catch {
    return false;
  }
}
