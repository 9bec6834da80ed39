import { createHash, createHmac } from "node:crypto";
import { z } from "zod";

/**
 * A backup is a gzip of lines, and behind it one line that seals the bytes. Of the lines, the first is the header; a table is a line that
 * begins it, a line of JSON per row as Postgres writes it, and a line that counts them; the last line says that the backup is whole. Lines of
 * ours begin with `@`.
 */
export const backupFormat = "daybook.backup.1";

const digits = z.string().regex(/^\d{1,19}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const headerSchema = z.object({
  format: z.string(),
  bookId: z.string(),
  takenAt: z.string(),
  /** Of the newest migration that the database had: its place in time and its hash. */
  schema: z.object({ migratedTo: digits, hash: z.string() }),
  head: z.object({ position: digits, hash: z.string().nullable() }),
  keyChecks: z.record(z.string(), z.string()),
});

const tableEndSchema = z.object({ table: z.string(), rows: digits, sha256 });

const manifestSchema = z.object({
  complete: z.literal(backupFormat),
  tables: z.array(tableEndSchema),
  /** The last account number that had been given out when all else was written. */
  accountNumbers: digits,
});

export type BackupHeader = z.infer<typeof headerSchema>;
export type TableEnd = z.infer<typeof tableEndSchema>;
export type BackupManifest = z.infer<typeof manifestSchema>;

export type BackupLine =
  | { kind: "row"; json: string }
  | { kind: "header"; header: BackupHeader }
  | { kind: "begin"; table: string }
  | { kind: "end"; end: TableEnd }
  | { kind: "manifest"; manifest: BackupManifest };

export const headerLine = (header: BackupHeader): string => `@header ${JSON.stringify(header)}\n`;
export const beginLine = (table: string): string => `@begin ${JSON.stringify(table)}\n`;
export const endLine = (end: TableEnd): string => `@end ${JSON.stringify(end)}\n`;
export const manifestLine = (manifest: BackupManifest): string => `@complete ${JSON.stringify(manifest)}\n`;

/** @throws for what is no line of a backup. */
export function parseBackupLine(line: string): BackupLine {
  if (line.startsWith("{")) return { kind: "row", json: line };
  const space = line.indexOf(" ");
  const content: unknown = JSON.parse(line.slice(space + 1));
  switch (line.slice(0, space)) {
    case "@header":
      return { kind: "header", header: headerSchema.parse(content) };
    case "@begin":
      return { kind: "begin", table: z.string().parse(content) };
    case "@end":
      return { kind: "end", end: tableEndSchema.parse(content) };
    case "@complete":
      return { kind: "manifest", manifest: manifestSchema.parse(content) };
    default:
      throw new Error("a line of a kind that this build does not know");
  }
}

/**
 * Two sums over the compressed bytes. The plain one finds damage, whoever looks; the keyed one finds that somebody without the book's keys has
 * changed the file and made the plain one anew.
 */
export function backupSeal(hmacKey: Buffer) {
  const plain = createHash("sha256");
  const keyed = createHmac("sha256", createHmac("sha256", hmacKey).update(backupFormat).digest());
  return {
    update(bytes: Buffer): void {
      plain.update(bytes);
      keyed.update(bytes);
    },
    end: (): BackupSeal => ({ plain: plain.digest("hex"), keyed: keyed.digest("hex") }),
  };
}

export type BackupSeal = { plain: string; keyed: string };

export const sealLine = ({ plain, keyed }: BackupSeal): string => `\n${backupFormat} ${plain} ${keyed}\n`;
export const sealLineBytes = sealLine({ plain: "0".repeat(64), keyed: "0".repeat(64) }).length;

export function parseSealLine(text: string): BackupSeal | undefined {
  const [, plain, keyed] = /^\ndaybook\.backup\.1 ([0-9a-f]{64}) ([0-9a-f]{64})\n$/.exec(text) ?? [];
  return plain !== undefined && keyed !== undefined ? { plain, keyed } : undefined;
}
