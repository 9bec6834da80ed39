import { readLogPart } from "@/infra/event-log/read";
import { transaction } from "@/infra/postgres/transaction";
import type { LogReader, Projector } from "../log-reader";
import { applyOrPark } from "../parked/apply-or-park";
import { heldVersions } from "../parked/parked-rows";
import { stepSettings } from "../step-transaction";
import { shadowName } from "./state";

/** `gone`: nothing is being built any more. `level`: at the target. */
export type Chunk = { kind: "folded"; events: number; position: bigint } | { kind: "level" | "gone" };

/**
 * Folds the next events of one part of the accounts into the shadow, with the worker's checkpoint, in one transaction. The very fold of the live
 * read model: it names its table without a schema, and finds the shadow's first. All it needs stands in the worker's row, which it holds
 * meanwhile: a process that was frozen in the middle of another rebuild does no harm.
 */
export async function foldChunk(
  { pools: { projector: pool }, keys }: Projector,
  reader: LogReader,
  { part, target, eventsMax }: { part: number; target: bigint; eventsMax: number },
): Promise<Chunk> {
  return transaction(pool, async (client) => {
    // A lost commit is lost with its checkpoint, and the swap's own commit makes all before it durable.
    await client.query(`${stepSettings}; set local search_path = shadow, public; set local synchronous_commit = off`);
    const { rows } = await client.query<{ position: bigint; parts: number }>(
      "select position, parts from rebuild_workers where projection = $1 and part = $2 for update",
      [reader.name, part],
    );
    const [worker] = rows;
    if (!worker) return { kind: "gone" };
    const { position: after, parts } = worker;
    if (after >= target) return { kind: "level" };
    const span = after + BigInt(eventsMax * parts); // about so many events are of this part
    const shadow = { ...reader, name: shadowName(reader.name) };
    const [before, { events, upTo }] = await Promise.all([
      heldVersions(client, shadow.name),
      readLogPart(client, { after, upTo: span < target ? span : target, part, parts }),
    ]);
    if (events.length > 0) await applyOrPark(client, { reader: shadow, keys, before }, events);
    await client.query("update rebuild_workers set position = $3, done = done + $4 where projection = $1 and part = $2", [
      reader.name,
      part,
      upTo,
      events.length,
    ]);
    return { kind: "folded", events: events.length, position: upTo };
  });
}
