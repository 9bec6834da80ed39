import { currentActor } from "@/app/_server/session";
import { mayOperate } from "@/domain/access/policy";
import { build } from "@/infra/config/build";
import { secrets } from "@/infra/config/secrets";
import { logger } from "@/infra/logging/logger";
import { runtime } from "@/infra/runtime";
import { outdated } from "@/infra/schema/outdated";
import { type BookHealth, bookHealthOf, sealingStopped } from "@/projections/book-health";
import { type Health, healthOf } from "@/projections/health";
import { progressOf } from "@/projections/progress";
import { bears } from "../_bearer/bearer";

export const dynamic = "force-dynamic";

/**
 * Public: `{ status }`, looked up once a second at most, however many ask. With the metrics token
 * or an operator's session also the build, and how far log and projections are.
 * `degraded`, and still 200, when accounts are held at an event that a read model cannot apply, a
 * reader's last step threw, or something was found wrong in the book: the bank serves, and somebody
 * has to look.
 * 503 `outdated` when the book takes this build no more: the process is about to stop. 503 when the
 * database does not answer, or a projection has lag and made no progress for 10 s.
 */
export async function GET(request: Request): Promise<Response> {
  const overtaken = outdated();
  if (overtaken) return answer(503, { status: "outdated", message: overtaken.message });
  try {
    if (!(await runtime().reach.answers())) return answer(503, { status: "down" });
    const isTold = await maySeeDetails(request);
    const { book, ...health } = isTold ? await look() : await sharedLook();
    const stalled = health.projections.some((projection) => projection.stalled);
    const held = health.projections.some(({ heldAccounts, spoilt }) => heldAccounts > 0 || spoilt !== null);
    const failing = progressOf(runtime()).failing();
    const status = stalled ? "stalled" : held || failing.length > 0 || book.needsAttention ? "degraded" : "ok";
    const told = { build: build(), ...health, failing, book, sealing: sealingStopped(book) ?? "goes on" };
    return answer(stalled ? 503 : 200, { status, ...(isTold && told) });
  } catch (error) {
    logger.error({ err: error }, "health");
    return answer(503, { status: "down" });
  }
}

type Look = Health & { book: BookHealth };

async function look(): Promise<Look> {
  const [health, book] = await Promise.all([healthOf(runtime()), bookHealthOf(runtime().pool)]);
  return { ...health, book };
}

const sharedMsMax = 1_000;
let shared: { atMs: number; look: Promise<Look> } | undefined;

/** Strangers cost the database one look a second. A look that failed is shared as well. */
function sharedLook(): Promise<Look> {
  const nowMs = performance.now();
  if (!shared || nowMs - shared.atMs > sharedMsMax) shared = { atMs: nowMs, look: look() };
  return shared.look;
}

async function maySeeDetails(request: Request): Promise<boolean> {
  if (bears(request, secrets().metrics)) return true;
  const actor = await currentActor();
  return actor !== null && mayOperate(actor);
}

// Positions as digits: a JSON number would lose some.
function answer(status: number, body: object): Response {
  const json = JSON.stringify(body, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  return new Response(json, { status, headers: { "content-type": "application/json", "cache-control": "no-store" } });
}
