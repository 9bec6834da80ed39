import type { Actor } from "@/domain/access/policy";
import { logger } from "@/infra/logging/logger";
import type { Runtime } from "@/infra/runtime";
import { onShutdown } from "@/infra/shutdown/shutdown";
import { watchMoves } from "./watch-moves";

export type MovedStreamOptions = {
  runtime: Runtime;
  actor: Actor;
  /** Who the session belongs to now; the stream ends when it is nobody, or somebody with another role or party. */
  currentActor: () => Promise<Actor | null>;
  signal: AbortSignal;
  onEnd?: () => void;
  timing?: { sessionCheckMs: number; heartbeatMs: number };
};

const timingDefault = { sessionCheckMs: 5_000, heartbeatMs: 15_000 };
const encoder = new TextEncoder();

/** Server-sent events that carry no data: only "something you may see moved". Ends by itself, and when the server stops. */
export function movedStream({
  runtime,
  actor,
  currentActor,
  signal,
  onEnd,
  timing = timingDefault,
}: MovedStreamOptions): ReadableStream<Uint8Array> {
  const ended = new AbortController();
  const end = () => ended.abort();

  async function sameActor(): Promise<boolean> {
    const now = await currentActor();
    return now !== null && now.userId === actor.userId && now.role === actor.role && now.partyId === actor.partyId;
  }

  function start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const send = (text: string) => void (ended.signal.aborted || controller.enqueue(encoder.encode(text)));
    const guard = (work: Promise<void>) =>
      void work.catch((error: unknown) => {
        logger.warn({ err: error }, "event stream");
        end();
      });
    const checkSession = async () => void ((await sameActor()) || end());
    const undo = [
      every(timing.heartbeatMs, () => send(": beat\n\n")),
      every(timing.sessionCheckMs, () => guard(checkSession())),
      onShutdown(end),
      watchMoves(runtime, actor, () => guard(checkSession().then(() => send("event: moved\ndata: moved\n\n"))), guard),
    ];
    ended.signal.addEventListener("abort", () => {
      for (const stop of undo) stop();
      onEnd?.();
      try {
        controller.close();
      } catch {
        // the browser went first
      }
    });
    signal.addEventListener("abort", end);
    send("retry: 2000\n\n");
    if (signal.aborted) end();
  }

  return new ReadableStream<Uint8Array>({ start, cancel: end });
}

function every(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms);
  return () => clearInterval(timer);
}
