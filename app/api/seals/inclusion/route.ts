import { z } from "zod";
import { runtime } from "@/infra/runtime";
import { proveInclusion } from "@/infra/seals/proofs";
import { publishedInclusion } from "@/infra/seals/published";
import { sealedEvent } from "@/infra/seals/sealed-event";
import { inclusionAsked } from "../asked";
import { answer, refusal } from "../may-prove";

export const dynamic = "force-dynamic";

/** Leads from the event at a position to the first seal that covers it: `GET /api/seals/inclusion?position=42`. */
export async function GET(request: Request): Promise<Response> {
  const refused = await refusal(request);
  if (refused) return refused;
  const input = inclusionAsked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!input.success) return answer({ error: z.prettifyError(input.error) }, 400);
  const { pool, book } = runtime();
  const event = await sealedEvent(pool, input.data.position);
  const proof = event && (await proveInclusion(pool, (await book()).id, event));
  return proof ? answer(publishedInclusion(proof)) : answer({ error: "no such event, or no seal covers it yet" }, 404);
}
