import { logHead } from "@/infra/event-log/read";
import type { LogProtection } from "@/infra/postgres/app-role";
import { logProtection } from "@/infra/postgres/log-protection";
import { runtime } from "@/infra/runtime";
import { readCheckpoints } from "@/projections/checkpoints/checkpoints";
import { logReaders } from "@/projections/registry";
import { requireViewerAs, type Viewer } from "./viewer";

export type ReaderHealth = {
  name: string;
  revision: number;
  position: bigint;
  lagEvents: bigint;
  recordedAt: Date | null;
  movedAt: Date | null;
  paused: boolean;
};
export type BankHealth = { head: bigint; headAt: Date | null; protection: LogProtection; readers: readonly ReaderHealth[] };

/** An operator; to others the page is not there. */
export async function requireOperator(): Promise<Viewer> {
  return requireViewerAs("operator");
}

/** Where the log ends, and how far each of its readers has come. */
export async function bankHealth(): Promise<BankHealth> {
  const { pool } = runtime();
  const names = logReaders.map(({ name }) => name);
  const checkpoints = new Map((await readCheckpoints(pool, names)).map((row) => [row.name, row]));
  const { position: head, recordedAt: headAt } = await logHead(pool); // after the checkpoints, so that no lag is negative
  const readers = logReaders.map(({ name, revision }) => {
    const row = checkpoints.get(name);
    const position = row?.position ?? 0n;
    return {
      name,
      revision,
      position,
      lagEvents: head - position,
      recordedAt: row?.recordedAt ?? null,
      movedAt: row?.updatedAt ?? null,
      paused: row?.paused ?? false,
    };
  });
  return { head, headAt, protection: await logProtection(pool), readers };
}
