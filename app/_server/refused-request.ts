import { NextResponse } from "next/server";
import { runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { bodyBytesMax, faultOfForm, type SentForm, strangerBytesMax } from "./form-body";
import { comesFromUs, withoutQuery } from "./origin";
import type { RequestFacts } from "./request-facts";

const safeMethods = ["GET", "HEAD", "OPTIONS"];

const carriesForm = (method: string, path: string) => !safeMethods.includes(method) && !path.startsWith("/api/");

/**
 * Of a form that was not refused: Next compares its origin with the host that was asked, and answers a difference with a bare error. Behind a
 * proxy that asks by another name every form is different. What counts was checked above, so Next is told the host of that very origin.
 */
export function withHostOfOrigin(method: string, { headers, path }: Pick<RequestFacts, "headers" | "path">): void {
  const origin = headers.get("origin");
  if (origin && carriesForm(method, path)) headers.set("x-forwarded-host", new URL(origin).host);
}

/**
 * The answer to a form that no action should see, or undefined. Next would answer it with a bare error, and the security log would not know.
 * Actions check again: this is no boundary. Route handlers under /api carry secrets instead of an origin.
 */
export async function refusedRequest(
  method: string,
  facts: RequestFacts,
  body: SentForm["body"],
): Promise<NextResponse | undefined> {
  if (!carriesForm(method, facts.path)) return undefined;
  if (!(await comesFromUs(facts)))
    return page(
      403,
      "This form did not come from Daybook",
      "It was sent by another site, or by a page that hides where it comes from. Nothing was done.",
    );
  const { headers } = facts;
  const bytesMax = isFromAnybody(facts) ? strangerBytesMax : bodyBytesMax;
  const isLong = Number(headers.get("content-length") ?? 0) > bytesMax;
  const sent = { contentType: headers.get("content-type"), action: headers.get("next-action"), body, bytesMax };
  switch (isLong ? "too_long" : await faultOfForm(sent)) {
    case "too_long":
      return page(413, "This is more than a form holds", "Nothing was done. Go back, and send less.");
    case "unreadable":
      return unreadable(facts);
    default:
      return undefined;
  }
}

const identityPaths = /^\/(sign-in|sign-out|register|forgot-password|reset-password|change-password)(\/|$)/;

/** A form of identity, or one without a session: of an action that scripts send, the address says nothing. */
function isFromAnybody({ headers, path }: RequestFacts): boolean {
  return identityPaths.test(path) || !(headers.get("cookie") ?? "").includes("daybook.session_token=");
}

async function unreadable({ address, path }: RequestFacts): Promise<NextResponse> {
  await recordSecurityEvent(runtime().pool, { kind: "form_unreadable", address, path: withoutQuery(path) });
  return page(
    400,
    "This form cannot be read",
    "It was cut short on its way, or it is not one that a page of Daybook sends. Nothing was done. Load the page again, and send it once more.",
  );
}

function page(status: number, title: string, text: string): NextResponse {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Daybook</title><main><h1>${title}</h1><p>${text}</p><p><a href="/">To Daybook</a></p></main></html>`;
  return new NextResponse(html, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}
