import { createHash } from "node:crypto";
import { canonicalJson } from "../event-log/canonical-json";
import type { Db } from "../postgres/connect";
import { isoText } from "../postgres/iso-text";

/**
 * What a seal over n events says of the commands: how many were decided up to event n, the one that ended with it included, and the hash of them
 * all, done and refused, in the order of (position, done first, actor, id), each after the hash of those before. Nothing can come among them later:
 * every append takes its positions from the log's end, under the gate. What was refused since event n waits for the next.
 */
export type SealedCommands = { count: bigint; hash: Buffer };

export const noCommands: SealedCommands = { count: 0n, hash: Buffer.alloc(32) };

const rowsPerFetch = 500; // a few ms of hashing, and then it is others' turn

type Row = {
  actor: string;
  id: string;
  type: string;
  accountIds: string[];
  input: string;
  outcome: string;
  position: string;
  versions: string;
  context: string;
  decidedAt: string;
  recordedAt: string;
};

export const isDone = "(c.outcome ->> 'ok') is not distinct from 'yes'";

// Every column, the JSON ones as the text that PostgreSQL writes of a jsonb: whatever stands there has one.
const rowsSql = `select c.actor, c.id, c.type, c.account_ids as "accountIds", c.input::text, c.outcome::text, c.position::text, c.versions::text,
    c.context::text, ${isoText("c.decided_at")} as "decidedAt", ${isoText("c.recorded_at")} as "recordedAt"
  from commands c where c.position between $1 and $2 and (c.position > $1 or not ${isDone}) and (c.position < $2 or ${isDone})
  order by c.position, ${isDone} desc, c.actor, c.id`;

/** Goes on from what a seal over `from` events says to what one over `to` does. In a transaction of the caller's: it reads by a cursor. */
export async function followCommands(
  db: Db,
  sealed: SealedCommands,
  { from, to }: { from: bigint; to: bigint },
): Promise<SealedCommands> {
  let { count, hash } = sealed;
  await db.query(`declare sealed_commands no scroll cursor for ${rowsSql}`, [from, to]);
  for (;;) {
    const { rows } = await db.query<Row>(`fetch ${rowsPerFetch} from sealed_commands`);
    for (const row of rows) hash = createHash("sha256").update(hash).update(commandText(row), "utf8").digest();
    count += BigInt(rows.length);
    if (rows.length < rowsPerFetch) break;
  }
  await db.query("close sealed_commands");
  return { count, hash };
}

/** Format "daybook.command.1", RFC 8785. Never changes: a column that is added later makes another format. */
export function commandText(row: Row): string {
  return canonicalJson({ format: "daybook.command.1", ...row });
}
