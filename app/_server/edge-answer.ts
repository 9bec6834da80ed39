import { edgeText } from "../_forms/edge-words";
import { type PlainPage, plainPage } from "./plain-page";

/** Answers before any action or page runs: words for the script that sent the form, else a page of their own. */
export function edgeAnswer(page: PlainPage, { headers, nonce }: { headers: Headers; nonce: string }): Response {
  if (!headers.has("next-action")) return plainPage(page, nonce);
  const words = { title: page.title, text: page.text.join(" ") };
  const again = page.again && { "retry-after": page.again.seconds.toString() };
  // Next hands a text on only under exactly this content type; a text in ASCII needs no charset.
  return new Response(asciiJson(edgeText(words)), { status: page.status, headers: { "content-type": "text/plain", ...again } });
}

const asciiJson = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
