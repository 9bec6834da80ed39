import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json";

/** What stands before version 1 of every stream. */
export const noHash: Buffer = Buffer.alloc(32);

export type HashedEvent = {
  bookId: string;
  streamId: string;
  version: number;
  type: string;
  schemaVersion: number;
  /** As stored: strings, booleans, null, arrays, objects. */
  data: unknown;
  metadata: unknown;
  /** Only if the command gave one. */
  effectiveAt?: Date | null;
};

/** The same with data and metadata as their canonical JSON, which is what an append stores. */
export type WrittenEvent = Omit<HashedEvent, "data" | "metadata"> & { data: string; metadata: string };

/**
 * The event's link in its stream's chain: SHA-256 of the previous event's hash (32 bytes) followed by the canonical JSON of
 * everything that was decided. Format "daybook.event.1" (DESIGN §3.9): its bytes never change, golden vectors hold them.
 */
export function hashEvent(previous: Buffer, event: HashedEvent): Buffer {
  return hashWritten(previous, written(event));
}

export function hashWritten(previous: Buffer, event: WrittenEvent): Buffer {
  if (previous.length !== 32) throw new Error(`A previous hash has 32 bytes, not ${previous.length}`);
  return createHash("sha256").update(previous).update(textOf(event), "utf8").digest();
}

/** The exact text that is hashed after the previous hash. */
export function hashedText(event: HashedEvent): string {
  return textOf(written(event));
}

function written(event: HashedEvent): WrittenEvent {
  return { ...event, data: canonicalJson(event.data), metadata: canonicalJson(event.metadata) };
}

/** Canonical JSON of known names, put in their order here, since data and metadata are texts already: half of the time of sorting them anew. */
function textOf({ effectiveAt, version, schemaVersion, bookId, streamId, type, data, metadata }: WrittenEvent): string {
  const effective = effectiveAt ? `"effectiveAt":"${effectiveAt.toISOString()}",` : "";
  return `{"bookId":${canonicalJson(bookId)},"data":${data},${effective}"format":"daybook.event.1","metadata":${metadata},"schemaVersion":"${digits(schemaVersion)}","streamId":${canonicalJson(streamId)},"type":${canonicalJson(type)},"version":"${digits(version)}"}`;
}

function digits(n: number): string {
  if (!Number.isSafeInteger(n) || n < 1) throw new Error(`Versions are whole numbers from 1, not ${n}`);
  return n.toString();
}
