import { setMaxListeners } from "node:events";
import type { Db } from "@/infra/postgres/connect";
import type { LogReader, Projector } from "../log-reader";
import type { Brake } from "./brake";
import { foldChunk } from "./chunk";
import { noteProgress, type Rebuild, readRebuild } from "./state";

const EVENTS_PER_CHUNK_MAX = 5_000; // as many as a step of the live read model
const noteEveryMs = 400;
const rateOverMs = 5_000;

export type Fill = {
  runtime: Projector;
  reader: LogReader;
  brake: Brake;
  signal: AbortSignal;
  onProgress: (rebuild: Rebuild) => void;
};

/** What its parts have come to. `to`: the last position that all of them have reached. */
export type Reached = { parts: number; to: bigint; done: bigint };

/** Folds every part up to the target, in parallel. It ends early where somebody stops or cancels. */
export async function fillTo(fill: Fill, parts: number, target: bigint): Promise<void> {
  const { reader, runtime, brake, signal } = fill;
  const ending = new AbortController();
  const end = AbortSignal.any([signal, ending.signal]);
  setMaxListeners(0, end); // each worker that waits has one
  const tell = teller(fill, ending);
  const worker = async (part: number) => {
    while (!end.aborted) {
      const eventsMax = Math.min(EVENTS_PER_CHUNK_MAX, Math.max(1, Math.ceil((brake.eventsPerSecondMax ?? Infinity) / parts)));
      const chunk = await foldChunk(runtime, reader, { part, target, eventsMax });
      if (chunk.kind !== "folded") return;
      await tell();
      await brake.pass(chunk.events, end);
    }
  };
  const ended = await Promise.allSettled(
    Array.from({ length: parts }, (_, part) =>
      worker(part).catch((error: unknown) => {
        ending.abort(); // the others end after their chunk
        throw error;
      }),
    ),
  );
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  await tell(true);
}

/** Writes the progress down now and then, with the rate of the last seconds, and notices what was decided meanwhile. */
function teller(
  {
    runtime: {
      pools: { projector: pool },
    },
    reader,
    brake,
    onProgress,
  }: Fill,
  ending: AbortController,
) {
  const samples: { atMs: number; done: bigint }[] = [];
  let nextMs = 0;
  return async (atOnce = false) => {
    const now = performance.now();
    if (now < nextMs && !atOnce) return;
    nextMs = now + noteEveryMs;
    const { done } = await reachedBy(pool, reader.name);
    samples.push({ atMs: now, done });
    while (samples.length > 2 && now - (samples[0]?.atMs ?? now) > rateOverMs) samples.shift();
    const [first] = samples;
    const rate = first && now > first.atMs ? (Number(done - first.done) / (now - first.atMs)) * 1_000 : 0;
    const goesOn = await noteProgress(pool, reader.name, { done, ...(rate > 0 && { eventsPerSecond: rate }) });
    const rebuild = await readRebuild(pool, reader.name);
    if (rebuild) {
      brake.eventsPerSecondMax = rebuild.eventsPerSecondMax;
      onProgress(rebuild);
    }
    if (!goesOn) ending.abort();
  };
}

export async function reachedBy(db: Db, name: string): Promise<Reached> {
  const { rows } = await db.query<Reached>(
    "select count(*)::int as parts, coalesce(min(position), 0) as to, coalesce(sum(done), 0)::bigint as done from rebuild_workers where projection = $1",
    [name],
  );
  return rows[0] ?? { parts: 0, to: 0n, done: 0n };
}
