import { z } from "zod";
import { runtime } from "@/infra/runtime";
import { publishedSeals } from "@/infra/seals/published";
import { sealKey } from "@/infra/seals/seal-key";
import { sealsAfter } from "@/infra/seals/seal-rows";
import { sealsAsked } from "./asked";
import { answer, refusal } from "./may-prove";

export const dynamic = "force-dynamic";

const sealsMax = 500;

/** Signed tree heads in order, those over more than `after` events, with the public key: `GET /api/seals?after=0&limit=100`. */
export async function GET(request: Request): Promise<Response> {
  const refused = await refusal(request);
  if (refused) return refused;
  const input = sealsAsked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!input.success) return answer({ error: z.prettifyError(input.error) }, 400);
  const { pool, book, keys } = runtime();
  const limit = Math.min(input.data.limit, sealsMax);
  const seals = await sealsAfter(pool, (await book()).id, input.data.after, limit + 2);
  return answer(publishedSeals(sealKey(keys.seal), seals, limit));
}
