import { outdated } from "@/infra/schema/outdated";
import { edgeAnswer } from "./edge-answer";
import type { PlainPage } from "./plain-page";

const words: PlainPage = {
  status: 503,
  title: "This server is being replaced",
  text: [
    "Daybook was brought up to date, and this server still runs the older program. Nothing was done. Load the page again in a moment.",
  ],
};
const againSeconds = 5;

/** The one answer of a process that the book takes no more, to whatever is asked; undefined as long as it may work. */
export function overtakenAnswer(path: string, edge: { headers: Headers; nonce: string }): Response | undefined {
  if (!outdated() || path === "/api/health") return undefined; // health says more
  const headers = { "retry-after": againSeconds.toString() };
  if (path.startsWith("/api/"))
    return Response.json({ status: "outdated", message: `${words.title}. ${words.text.join(" ")}` }, { status: 503, headers });
  return edgeAnswer(
    { ...words, link: { href: path, text: "Load it again" }, again: { seconds: againSeconds, href: path } },
    edge,
  );
}
