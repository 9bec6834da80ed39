import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "./app/_server/content-security-policy";
import { edgeAnswer } from "./app/_server/edge-answer";
import { overtakenAnswer } from "./app/_server/overtaken";
import { refusedRequest, withHostOfOrigin } from "./app/_server/refused-request";
import { factsOf } from "./app/_server/request-facts";
import { env } from "./infra/config/env";
import { headersFor } from "./infra/front/security-headers";

/**
 * Puts headers on every page: a nonce for its scripts, and what no browser should do with it. It is no access boundary:
 * that stands where data is read and written.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const nonce = randomBytes(18).toString("base64");
  const policy = contentSecurityPolicy(nonce, { isDevelopment: process.env.NODE_ENV === "development" });
  const { pathname, search } = request.nextUrl;

  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy); // Next takes the nonce for its own scripts from here
  headers.set("x-nonce", nonce);
  headers.set("x-daybook-path", pathname + search); // over whatever the client sent: sign-in returns to it

  const edge = { headers, nonce };
  const overtaken = overtakenAnswer(pathname, edge);
  const refused = overtaken
    ? undefined
    : await refusedRequest(request.method, { ...factsOf(headers, pathname), search }, request.body);
  const answer = overtaken ?? (refused && edgeAnswer(refused, edge));
  if (!answer) withHostOfOrigin(request.method, { headers, path: pathname });
  const response = answer ?? NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(headersFor(env().origin))) response.headers.set(name, value);
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "no-store");
  if (!answer && request.method === "POST" && pathname === "/sign-out")
    response.headers.set("clear-site-data", '"cache", "storage"'); // nothing of the person stays in the browser
  return response;
}

/** Everything but built files, whose names carry their content's hash. */
export const config = { matcher: ["/((?!_next/static/).*)"] };
