import { NextResponse } from "next/server";
import { outdated } from "@/infra/schema/outdated";

const title = "This server is being replaced";
const text =
  "Daybook was brought up to date, and this server still runs the older program. Nothing was done. Load the page again in a moment.";
const retryAfterSeconds = "5";

/** The one answer of a process that the book takes no more, to whatever is asked; undefined as long as it may work. */
export function overtakenAnswer(path: string): NextResponse | undefined {
  if (!outdated() || path === "/api/health") return undefined; // health says more
  const headers = { "retry-after": retryAfterSeconds };
  if (path.startsWith("/api/"))
    return NextResponse.json({ status: "outdated", message: `${title}. ${text}` }, { status: 503, headers });
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Daybook</title><main><h1>${title}</h1><p>${text}</p></main></html>`;
  return new NextResponse(html, { status: 503, headers: { ...headers, "content-type": "text/html; charset=utf-8" } });
}
