import { env } from "@/infra/config/env";
import { runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { type RequestFacts, requestFacts } from "./request-facts";
import { isOwnOrigin } from "./request-origin";

/** The form did not come from one of our pages. Nothing was read of it. */
export class OriginRefused extends Error {
  constructor() {
    super("this form was not sent by one of the bank's own pages");
    this.name = "OriginRefused";
  }
}

/** The first line of every server action. @throws OriginRefused, after noting it in the security log. */
export async function requireSameOrigin(): Promise<void> {
  if (!(await comesFromUs(await requestFacts()))) throw new OriginRefused();
}

/** Whether a form was sent by one of our own pages; what was not is noted in the security log. */
export async function comesFromUs({ headers, address, path }: RequestFacts): Promise<boolean> {
  const origin = headers.get("origin");
  const { origins, onlyThese: isSet } = env().addresses;
  if (isOwnOrigin({ origin, host: headers.get("host"), origins, isSet })) return true;
  await recordSecurityEvent(runtime().pool, {
    kind: "origin_refused",
    address,
    path: withoutQuery(path),
    detail: { origin: origin ?? "absent" },
  });
  return false;
}

/** Links carry secrets in their last part, queries what was looked for: the log needs neither. */
export function withoutQuery(path: string): string {
  return (path.split("?")[0] ?? "").replace(/^(\/reset-password\/).*/, "$1…");
}
