import { readBook } from "@/infra/book/book";
import { canonicalJson } from "@/infra/event-log/canonical-json";
import { noHash } from "@/infra/event-log/hash";
import type { Db } from "@/infra/postgres/connect";
import { isoText } from "@/infra/postgres/iso-text";
import type { Runtime } from "@/infra/runtime";
import { sealKey } from "@/infra/seals/seal-key";

const eventsPerPage = 1_000;

/** Named in the header and described in docs/format.md. A change of the lines is another version. */
const format = { format: "daybook.export", version: "1" };

/**
 * The log as text: a header, then one JSON object a line, in order, up to the event that is the last one now. As stored: personal
 * text stays encrypted, positions and versions are digits.
 */
export async function* exportLog(
  { pool, keys }: Pick<Runtime, "pool" | "keys">,
  { after = 0n }: { after?: bigint } = {},
): AsyncGenerator<{ lines: string; done: bigint; total: bigint }> {
  const { position: total, ...head } = await headOf(pool);
  if (after > total) throw new Error(`the log ends at position ${total}: there is nothing after ${after}`);
  const header = await headerLine(pool, { sealSecret: keys.seal, after, head: { ...head, position: total } });
  yield { lines: `${header}\n`, done: after, total };
  for (let done = after; done < total; ) {
    const { rows } = await pool.query<{ position: bigint; line: string }>(pageSql, [done, total, eventsPerPage]);
    const last = rows.at(-1);
    if (!last) throw new Error(`the log has no event at position ${done + 1n}`);
    done = last.position;
    yield { lines: rows.map(({ line }) => `${line}\n`).join(""), done, total };
  }
}

type Head = { position: bigint; hash: Buffer; now: string };

/** What an outsider needs to check the lines that follow: whose book it is, where it ends, and the key of its seals. */
async function headerLine(db: Db, { sealSecret, after, head }: { sealSecret: Buffer; after: bigint; head: Head }) {
  const { id: bookId, zone, demo } = await readBook(db);
  const { id: keyId, publicKey } = sealKey(sealSecret);
  return canonicalJson({
    ...format,
    bookId,
    zone,
    demo,
    keyId,
    publicKey: publicKey.export({ format: "pem", type: "spki" }),
    after: after.toString(),
    head: { position: head.position.toString(), hash: head.hash.toString("hex") },
    exportedAt: head.now,
  });
}

/** The last event; of an empty log position 0 and what comes before every first event. */
async function headOf(db: Db): Promise<Head> {
  const { rows } = await db.query<{ position: bigint | null; hash: Buffer | null; now: string }>(
    `select e.position, e.hash, ${isoText("clock_timestamp()")} as now
       from (select) one left join lateral (select position, hash from events order by position desc limit 1) e on true`,
  );
  const { position, hash, now } = rows[0] ?? {};
  if (now === undefined) throw new Error("the clock gave no answer");
  return { position: position ?? 0n, hash: hash ?? noHash, now };
}

const pageSql = `
select e.position, json_build_object('position', e.position::text, 'streamId', e.stream_id, 'version', e.version::text, 'type', e.type,
  'schemaVersion', e.schema_version::text, 'data', e.data, 'metadata', e.metadata,
  'effectiveAt', ${isoText("e.effective_at")},
  'recordedAt', ${isoText("e.recorded_at")}, 'hash', encode(e.hash, 'hex'))::text as line
  from events e where e.position > $1 and e.position <= $2 order by e.position limit $3`;
