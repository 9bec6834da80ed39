import { z } from "zod";
import { runtime } from "@/infra/runtime";
import { proveConsistency } from "@/infra/seals/proofs";
import { publishedConsistency } from "@/infra/seals/published";
import { consistencyAsked } from "../asked";
import { answer, refusal } from "../may-prove";

export const dynamic = "force-dynamic";

/** Shows that the seal over `to` events continues the one over `from`: `GET /api/seals/consistency?from=100&to=250`. */
export async function GET(request: Request): Promise<Response> {
  const refused = await refusal(request);
  if (refused) return refused;
  const input = consistencyAsked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!input.success) return answer({ error: z.prettifyError(input.error) }, 400);
  const { pool, book } = runtime();
  const proof = await proveConsistency(pool, (await book()).id, input.data.from, input.data.to);
  return proof ? answer(publishedConsistency(proof)) : answer({ error: "no seals of these sizes, in this order" }, 404);
}
