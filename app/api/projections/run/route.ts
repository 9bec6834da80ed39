import { requestFacts } from "@/app/_server/request-facts";
import { secrets } from "@/infra/config/secrets";
import { runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { runOnce } from "@/projections/run-once";
import { bears } from "../../_bearer/bearer";

export const dynamic = "force-dynamic";
export const maxDuration = 30;

const work = { eventsMax: 100_000, msMax: 20_000 };

/** Feeds the projections once, bounded, for cron and serverless: `curl -X POST -H "Authorization: Bearer …" /api/projections/run`. */
export async function POST(request: Request): Promise<Response> {
  if (!bears(request, secrets().runRoute)) {
    const { address } = await requestFacts();
    await recordSecurityEvent(runtime().pools.identity, { kind: "access_refused", address, path: "/api/projections/run" });
    return Response.json({ error: "not allowed" }, { status: 401, headers: { "cache-control": "no-store" } });
  }
  const report = await runOnce(runtime(), work);
  const failed = report.some(({ end }) => end === "failed");
  return Response.json({ projections: report }, { status: failed ? 500 : 200, headers: { "cache-control": "no-store" } });
}
