import { requestFacts } from "@/app/_server/request-facts";
import { secrets } from "@/infra/config/secrets";
import { runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { metricsContentType, metricsText } from "@/projections/metrics";
import { bears } from "../_bearer/bearer";

export const dynamic = "force-dynamic";

/** For Prometheus, with the metrics token: `Authorization: Bearer …`. Positions, counts and times; nothing of any account. */
export async function GET(request: Request): Promise<Response> {
  if (!bears(request, secrets().metrics)) {
    const { address } = await requestFacts();
    await recordSecurityEvent(runtime().pools.identity, { kind: "access_refused", address, path: "/api/metrics" });
    return Response.json({ error: "not allowed" }, { status: 401, headers: { "cache-control": "no-store" } });
  }
  return new Response(await metricsText(runtime()), {
    headers: { "content-type": metricsContentType, "cache-control": "no-store" },
  });
}
