import { timingSafeEqual } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { type BookKeys, keyChecks } from "../book/ensure-book";
import { isMissing } from "../seals/seal-file";
import {
  type BackupHeader,
  type BackupLine,
  type BackupSeal,
  backupFormat,
  backupSeal,
  parseBackupLine,
  parseSealLine,
  sealLineBytes,
} from "./backup-format";

/**
 * The header of a backup that can be restored with these keys: every byte of the file is held against its seal, before anything is done with
 * it. @throws an error that says what is wrong: damage, format, a key, a change by somebody without the keys.
 */
export async function checkBackup(file: string, keys: BookKeys): Promise<BackupHeader> {
  const { found, expected } = await sealsOf(file, keys.hmac);
  if (found.plain !== expected.plain) throw new Error(`${file} is damaged: its bytes are not those that were written.`);
  const header = await readHeader(file);
  if (header.format !== backupFormat)
    throw new Error(`${file} is a backup of format ${header.format}; this build reads ${backupFormat}.`);
  for (const [name, check] of Object.entries(keyChecks(keys)))
    if (header.keyChecks[name] !== check)
      throw new Error(
        `${file} is of a book with another ${name} key: put that book's key in place first (secrets folder, or DAYBOOK_SECRET_${name.toUpperCase()}).`,
      );
  if (!timingSafeEqual(Buffer.from(found.keyed), Buffer.from(expected.keyed)))
    throw new Error(`${file} was changed by somebody without the book's keys.`);
  return header;
}

/** Every line after the header, in order. */
export async function* backupLines(file: string): AsyncGenerator<BackupLine> {
  for await (const line of textLines(file)) {
    const parsed = parseBackupLine(line);
    if (parsed.kind !== "header") yield parsed;
  }
}

async function readHeader(file: string): Promise<BackupHeader> {
  for await (const line of textLines(file)) {
    const parsed = parseBackupLine(line);
    if (parsed.kind === "header") return parsed.header;
    break;
  }
  throw new Error(`${file} does not begin with the header of a backup.`);
}

/** The seal that stands at the end of the file, and the one that its bytes call for. */
async function sealsOf(file: string, hmacKey: Buffer): Promise<{ found: BackupSeal; expected: BackupSeal }> {
  const end = await sealStart(file);
  const found = parseSealLine((await bytesFrom(file, end)).toString("latin1"));
  if (!found) throw new Error(`${file} is no backup of Daybook, or is cut short: it does not end in a seal.`);
  const seal = backupSeal(hmacKey);
  for await (const chunk of createReadStream(file, { end: end - 1 })) seal.update(chunk as Buffer);
  return { found, expected: seal.end() };
}

async function bytesFrom(file: string, start: number): Promise<Buffer> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sealLineBytes), 0, sealLineBytes, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function sealStart(file: string): Promise<number> {
  try {
    return Math.max((await stat(file)).size - sealLineBytes, 1);
  } catch (cause) {
    if (isMissing(cause)) throw new Error(`There is no file ${file}.`, { cause });
    throw cause;
  }
}

/** Whole lines, cut at the bytes of line feeds: in JSON they stand nowhere else. */
async function* textLines(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file, { end: (await sealStart(file)) - 1 });
  const unzipped = createGunzip();
  bytes.on("error", (error) => unzipped.destroy(error));
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of bytes.pipe(unzipped)) {
      const buffer = Buffer.concat([rest, chunk as Buffer]);
      let from = 0;
      for (let at = buffer.indexOf(10); at >= 0; at = buffer.indexOf(10, from)) {
        yield buffer.toString("utf8", from, at);
        from = at + 1;
      }
      rest = buffer.subarray(from);
    }
  } finally {
    bytes.destroy();
  }
  if (rest.length > 0) throw new Error("the last line is cut short");
}
