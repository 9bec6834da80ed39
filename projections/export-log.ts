import type pg from "pg";
import { logHead } from "@/infra/event-log/read";
import { isoText } from "@/infra/postgres/iso-text";

const eventsPerPage = 1_000;

/**
 * The log as text, one JSON object a line, in order, up to the event that is the last one now. As stored: personal text stays sealed,
 * positions and versions are digits.
 */
export async function* exportLog(
  pool: pg.Pool,
  { after = 0n }: { after?: bigint } = {},
): AsyncGenerator<{ lines: string; done: bigint; total: bigint }> {
  const { position: total } = await logHead(pool);
  for (let done = after; done < total; ) {
    const { rows } = await pool.query<{ position: bigint; line: string }>(pageSql, [done, total, eventsPerPage]);
    const last = rows.at(-1);
    if (!last) throw new Error(`the log has no event at position ${done + 1n}`);
    done = last.position;
    yield { lines: rows.map(({ line }) => `${line}\n`).join(""), done, total };
  }
}

const pageSql = `
select e.position, json_build_object('position', e.position::text, 'streamId', e.stream_id, 'version', e.version::text, 'type', e.type,
  'schemaVersion', e.schema_version::text, 'data', e.data, 'metadata', e.metadata,
  'effectiveAt', ${isoText("e.effective_at")},
  'recordedAt', ${isoText("e.recorded_at")}, 'hash', encode(e.hash, 'hex'))::text as line
  from events e where e.position > $1 and e.position <= $2 order by e.position limit $3`;
