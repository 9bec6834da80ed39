import { totalmem } from "node:os";

const MiB = 2 ** 20;
const buffersMiBMax = 8_192;
const buffersMiBMin = 128;

/**
 * What PostgreSQL's manual advises for a server (§19.4): a quarter of the memory for its own buffers. It takes a page when a page is read, not at the
 * start: a small book stays small. An index that fits there answers a question about the past in a tenth of the time; under load, checkpoints further
 * apart write fewer pages whole (docs/decisions/0014).
 */
export function memorySettings(bytes = memoryBytes()): string[] {
  const quarter = Math.floor(bytes / 4 / MiB);
  const buffers = Math.min(buffersMiBMax, Math.max(buffersMiBMin, quarter));
  return [`shared_buffers=${buffers}MB`, `effective_cache_size=${Math.max(buffers, 3 * quarter)}MB`, "max_wal_size=4GB"];
}

/** A container's limit where there is one: it may be a small part of the machine. */
function memoryBytes(): number {
  const limit = process.constrainedMemory(); // 0 or beyond all memory: none
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
