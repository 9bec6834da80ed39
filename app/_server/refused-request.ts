import { logger } from "@/infra/logging/logger";
import { runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { cannotShow, cannotTake } from "./cannot-answer";
import { bodyBytesMax, type FormFault, type LookedAt, lookAtForm, type SentForm, strangerBytesMax } from "./form-body";
import { comesFromUs, originWords, withoutQuery } from "./origin";
import type { PlainPage } from "./plain-page";
import type { RequestFacts } from "./request-facts";

const safeMethods = ["GET", "HEAD", "OPTIONS"];

/** Files, route handlers that answer for themselves, and the page that waits for the database. */
const needsNothing = /^\/(api\/|_next\/|favicon\.ico$|icon\.svg$|checking$)/;

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
 * The answer to a request that no action or page should see, or undefined. Next would answer it with a bare error, and the security log would
 * not know. Actions check again: this is no boundary. Route handlers under /api carry secrets instead of an origin.
 */
export async function refusedRequest(
  method: string,
  facts: RequestFacts & { search: string },
  body: SentForm["body"],
): Promise<PlainPage | undefined> {
  const { path, search } = facts;
  if (!carriesForm(method, path)) {
    const isAway = !needsNothing.test(path) && !(await runtime().reach.answers());
    return isAway ? cannotShow("database_away", path + search) : undefined;
  }
  if (!(await comesFromUs(facts))) return { status: 403, ...originWords(facts.headers) };
  const { fault, form } = await lookAt(facts, body);
  if (fault === "unreadable") await noteUnreadable(facts);
  if (fault) return edgeFaults[fault];
  return (await runtime().reach.answers()) ? undefined : cannotTake("database_away", path + search, form);
}

const identityPaths = /^\/(sign-in|sign-out|register|forgot-password|reset-password|change-password)(\/|$)/;

/** How long a form may be that is sent so. */
export const formBytesMax = (facts: Pick<RequestFacts, "headers" | "path">): number =>
  isFromAnybody(facts) ? strangerBytesMax : bodyBytesMax;

/** A form of identity, or one without a session: of an action that scripts send, the address says nothing. */
function isFromAnybody({ headers, path }: Pick<RequestFacts, "headers" | "path">): boolean {
  return identityPaths.test(path) || !(headers.get("cookie") ?? "").includes("daybook.session_token=");
}

async function lookAt(facts: RequestFacts, body: SentForm["body"]): Promise<LookedAt> {
  const { headers } = facts;
  const bytesMax = formBytesMax(facts);
  if (Number(headers.get("content-length") ?? 0) > bytesMax) return { fault: "too_long" };
  return lookAtForm({ contentType: headers.get("content-type"), action: headers.get("next-action"), body, bytesMax });
}

async function noteUnreadable({ address, path }: RequestFacts): Promise<void> {
  await recordSecurityEvent(runtime().pools.identity, { kind: "form_unreadable", address, path: withoutQuery(path) }).catch(
    (error: unknown) => logger.error({ err: error }, "security log"), // refused it is, noted or not
  );
}

export const edgeFaults: Readonly<Record<FormFault, PlainPage>> = {
  too_long: {
    status: 413,
    title: "This is more than a form holds",
    text: ["Nothing was done. Go back, and send less."],
  },
  unreadable: {
    status: 400,
    title: "This form cannot be read",
    text: [
      "It was cut short on its way, or it is not one that a page of Daybook sends. Nothing was done. Load the page again, and send it once more.",
    ],
  },
};
