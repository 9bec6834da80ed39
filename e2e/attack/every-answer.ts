import { attack, type Finding } from "./part";
import type { Answer, Request } from "./send";

export type EveryAnswer = ReturnType<typeof watchEveryAnswer>;

const headersEverywhere = ["content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy"];
const stack = /\n\s+at [^\n]+:\d+:\d+|node_modules\/|\.next[-\w]*\/server/;

/** What holds for every answer of a run, whatever was asked: no error of ours, nothing of our insides, all headers, nowhere else to go. */
export function watchEveryAnswer(origin: string) {
  const [answered, own, inside, headers, home, cookies] = [
    attack("every request is answered"),
    attack("no answer is an error of ours (5xx)"),
    attack("no answer shows a stack or a path of the server"),
    attack("every answer has the security headers"),
    attack("no answer leads to another site"),
    attack("no cookie is set but the bank's own, out of reach of scripts"),
  ];
  return {
    watch(request: Request, answer: Answer): void {
      const repeat = inWords(request);
      answered.expect(answer.status !== 0, `${repeat}: ${answer.text}`);
      if (answer.status === 0) return;
      own.expect(answer.status < 500, `${repeat} → ${answer.status}`);
      inside.expect(!stack.test(answer.text), `${repeat} → ${stack.exec(answer.text)?.[0].trim()}`);
      const missing = headersEverywhere.filter((name) => answer.headers[name] === undefined);
      headers.expect(missing.length === 0, `${repeat} → ${answer.status} without ${missing.join(", ")}`);
      const to = answer.headers.location ?? String(answer.headers["x-action-redirect"] ?? "").split(";")[0];
      if (to) home.expect(new URL(to, origin).origin === origin, `${repeat} → ${to}`);
      for (const cookie of answer.headers["set-cookie"] ?? []) cookies.expect(isOwnCookie(cookie), `${repeat} → ${cookie}`);
    },
    findings: (): readonly Finding[] => [answered, own, inside, headers, home, cookies].map((one) => one.finding()),
  };
}

/** Scripts may read the theme alone. A cookie without a value is one that is taken away. */
function isOwnCookie(cookie: string): boolean {
  if (/^daybook-theme=(system|light|dark);/.test(cookie)) return /; samesite=lax/i.test(cookie);
  if (/^daybook\.[\w-]+=;/.test(cookie)) return true;
  return /^daybook\.[\w-]+=/.test(cookie) && /; httponly/i.test(cookie) && /; samesite=(lax|strict)/i.test(cookie);
}

const shownMax = 160;

/** A request as somebody would repeat it, cut to what fits in a line. */
export function inWords({ method = "GET", path, headers = {}, body }: Request): string {
  const told = Object.entries(headers).filter(([name]) => !["accept", "cookie", "content-type"].includes(name));
  const parts = [method, shown(path), ...told.map(([name, value]) => `${name}: ${shown(value)}`)];
  if (body !== undefined) parts.push(`body ${shown(body.toString())}`);
  return parts.join(" · ");
}

function shown(text: string): string {
  const written = JSON.stringify(text).slice(1, -1);
  return written.length <= shownMax ? written : `${written.slice(0, shownMax)}… (${text.length} long)`;
}
