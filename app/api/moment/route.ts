import { z } from "zod";
import type { LiveReading } from "@/app/_moments/live-reading";
import { liveReading } from "@/app/_server/live-reading";
import { currentActor } from "@/app/_server/session";
import { runtime } from "@/infra/runtime";
import { typedInput } from "./typed-input";

export const dynamic = "force-dynamic";

/** How a moment is read that a signed-in person is typing. It looks at no account, and says what the form will say. */
export async function GET(request: Request): Promise<Response> {
  if (!(await runtime().reach.answers())) return answer(503, { kind: "unknown" });
  if ((await currentActor()) === null) return answer(401, { kind: "signed_out" });
  const input = typedInput.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!input.success) return Response.json({ error: z.prettifyError(input.error) }, { status: 400, headers: notStored });
  return answer(200, liveReading(input.data, new Date()));
}

const notStored = { "cache-control": "no-store" };

const answer = (status: number, daybook: LiveReading) => Response.json({ daybook }, { status, headers: notStored });
