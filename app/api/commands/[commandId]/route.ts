import type { LookedUp } from "@/app/_forms/look-up";
import { lookUpCommand } from "@/app/_server/look-up-command";
import { parseCommandId } from "@/domain/ids";
import { runtime } from "@/infra/runtime";

export const dynamic = "force-dynamic";

/** What became of a command of the signed-in person, for a form whose answer was lost. 503 while nobody can say. */
export async function GET(_request: Request, { params }: RouteContext<"/api/commands/[commandId]">): Promise<Response> {
  const commandId = parseCommandId((await params).commandId);
  if (!commandId) return answer(404, { kind: "absent" });
  if (!(await runtime().reach.answers())) return answer(503, { kind: "unknown" });
  const found = await lookUpCommand(commandId).catch((): LookedUp => ({ kind: "unknown" }));
  return answer(found.kind === "unknown" ? 503 : found.kind === "signed_out" ? 401 : 200, found);
}

function answer(status: number, daybook: LookedUp): Response {
  const again = status === 503 && { "retry-after": "2" };
  return Response.json({ daybook }, { status, headers: { "cache-control": "no-store", ...again } });
}
