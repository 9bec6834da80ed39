import { requestFacts } from "@/app/_server/request-facts";
import { watchingSession } from "@/app/_server/session";
import { currentSession } from "@/infra/identity/current-session";
import { identity } from "@/infra/identity/identity";
import { runtime } from "@/infra/runtime";
import { isShuttingDown } from "@/infra/shutdown/shutdown";
import { movedStream } from "./moved-stream";
import { takePlace } from "./stream-places";

export const dynamic = "force-dynamic";

/** Live updates for a signed-in person. No activity, so an open page does not keep a session alive. */
export async function GET(request: Request): Promise<Response> {
  if (isShuttingDown()) return refused(503);
  const session = await watchingSession().catch(() => "away" as const);
  if (session === "away") return refused(503);
  if (!session) return refused(401);
  const { headers } = await requestFacts();
  const leave = takePlace(session.actor.userId);
  if (!leave) return refused(429);

  request.signal.addEventListener("abort", leave);
  const currentActor = async () => (await currentSession(identity(), headers, { activity: false }))?.actor ?? null;
  const stream = movedStream({ runtime: runtime(), actor: session.actor, currentActor, signal: request.signal, onEnd: leave });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" },
  });
}

/** Whether there is somebody to listen: 204 says nobody, and is no error in the browser's eyes. */
export async function HEAD(): Promise<Response> {
  const session = await watchingSession().catch(() => "away" as const);
  return refused(session === null ? 204 : session === "away" ? 503 : 200);
}

const refused = (status: number) => new Response(null, { status, headers: { "cache-control": "no-store" } });
