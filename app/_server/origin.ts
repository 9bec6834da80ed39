import { env } from "@/infra/config/env";
import { logger } from "@/infra/logging/logger";
import { runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { createOriginAdvice } from "./origin-advice";
import { type RequestFacts, requestFacts } from "./request-facts";
import { isOwnOrigin } from "./request-origin";

/** The form did not come from one of our pages. Nothing was read of it. */
export class OriginRefused extends Error {
  constructor() {
    super("this form was not sent by one of the bank's own pages");
    this.name = "OriginRefused";
  }
}

const slot = Symbol.for("daybook.origin-advice.1");
type Holder = { [slot]?: ReturnType<typeof createOriginAdvice> };

/** The first line of every server action. @throws OriginRefused, after noting it in the security log. */
export async function requireSameOrigin(): Promise<void> {
  if (!(await comesFromUs(await requestFacts()))) throw new OriginRefused();
}

/** Whether a form was sent by one of our own pages; what was not is noted in the security log. */
export async function comesFromUs(facts: RequestFacts): Promise<boolean> {
  const { headers, address, path } = facts;
  if (isFromOwnPage(headers)) return true;
  const origin = headers.get("origin");
  if (saysOwnAddress(headers)) advice()({ origin: origin ?? "", expected: env().addresses.origins });
  await recordSecurityEvent(runtime().pools.identity, {
    kind: "origin_refused",
    address,
    path: withoutQuery(path),
    detail: { origin: origin ?? "absent" },
  }).catch((error: unknown) => logger.error({ err: error }, "security log")); // refused it is, noted or not
  return false;
}

/** The same question, without a trace. */
export function isFromOwnPage(headers: Headers): boolean {
  const { origins, onlyThese: isSet } = env().addresses;
  return isOwnOrigin({ origin: headers.get("origin"), host: headers.get("host"), origins, isSet });
}

/**
 * What the person is told whose form was refused. A browser says `same-origin` of a form that the page's own address takes: then it is
 * Daybook that does not know this address, as behind a proxy of which it was not told.
 */
export function originWords(headers: Headers): { title: string; text: string[] } {
  const origin = headers.get("origin") ?? "";
  if (saysOwnAddress(headers))
    return {
      title: "Daybook does not know this address",
      text: [
        `You use it at ${origin}, and it takes forms from ${env().addresses.origins.join(" and ")} alone. Nothing was done.`,
        `Whoever runs this bank sets DAYBOOK_ORIGIN to ${origin}, and starts it again.`,
      ],
    };
  const unknown = isPlainOrigin(origin)
    ? ` If that page is this bank’s own, whoever runs it sets DAYBOOK_ORIGIN to ${origin}.`
    : "";
  return {
    title: "This form did not come from Daybook",
    text: [`It was sent by another site, or by a page that hides where it comes from. Nothing was done.${unknown}`],
  };
}

function saysOwnAddress(headers: Headers): boolean {
  return headers.get("sec-fetch-site") === "same-origin" && isPlainOrigin(headers.get("origin") ?? "");
}

function isPlainOrigin(text: string): boolean {
  return text.length <= 200 && /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function advice(): ReturnType<typeof createOriginAdvice> {
  const holder = globalThis as Holder;
  holder[slot] ??= createOriginAdvice((facts, text) => logger.warn(facts, text));
  return holder[slot];
}

/** Links carry secrets in their last part, queries what was looked for: the log needs neither. */
export function withoutQuery(path: string): string {
  return (path.split("?")[0] ?? "").replace(/^(\/reset-password\/).*/, "$1…");
}
