import { edgeText } from "@/app/_forms/edge-words";
import { cannotShow, cannotTake } from "@/app/_server/cannot-answer";
import { isFromOwnPage, originWords } from "@/app/_server/origin";
import { edgeFaults, formBytesMax } from "@/app/_server/refused-request";
import { runtime } from "@/infra/runtime";

export const dynamic = "force-dynamic";

/**
 * The checks of the edge once more, for a form to which something else than the bank seems to have answered: its origin, its size, and
 * whether the bank can answer at all. It reads no body, does nothing and notes nothing. Its answer is always 200, so that no proxy puts
 * a page of its own in place of it.
 */
export async function POST(request: Request): Promise<Response> {
  const { headers } = request;
  if (!isFromOwnPage(headers)) return told(originWords(headers));
  const path = headers.get("x-daybook-form-path") ?? "";
  if (Number(headers.get("x-daybook-form-bytes") ?? 0) > formBytesMax({ headers, path })) return told(edgeFaults.too_long);
  const bringsForm = headers.has("x-daybook-form-bytes");
  if (!(await runtime().reach.answers())) return told((bringsForm ? cannotTake : cannotShow)("database_away", "/"));
  return answer('{"daybook":"sound"}');
}

const told = ({ title, text }: { title: string; text: readonly string[] }) => answer(edgeText({ title, text: text.join(" ") }));

const answer = (json: string) =>
  new Response(json, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
