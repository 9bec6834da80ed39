import { currentActor } from "@/app/_server/session";
import { mayAudit, mayOperate } from "@/domain/access/policy";
import { secrets } from "@/infra/config/secrets";
import { bears } from "../_bearer/bearer";

const headers = { "cache-control": "no-store" };

/** Undefined for auditors, operators and whoever bears the metrics token; to all others the answer they get. */
export async function refusal(request: Request): Promise<Response | undefined> {
  if (bears(request, secrets().metrics)) return undefined;
  const actor = await currentActor();
  if (actor && (mayAudit(actor) || mayOperate(actor))) return undefined;
  return Response.json({ error: "not allowed" }, { status: actor ? 403 : 401, headers });
}

export const answer = (body: object, status = 200): Response => Response.json(body, { status, headers });
