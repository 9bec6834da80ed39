import { attack, type Finding } from "./part";
import type { Answer, Request } from "./send";

export type EveryAnswer = ReturnType<typeof watchEveryAnswer>;

const headersEverywhere = ["content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy"];
const stack = /\n\s+at [^\n]+:\d+:\d+|node_modules\/|\.next[-\w]*\/server/;

/** What holds for every answer of a run, whatever was asked: no error of ours, nothing of our insides, all headers. */
export function watchEveryAnswer() {
  const [answered, own, inside, headers] = [
    attack("every request is answered"),
    attack("no answer is an error of ours (5xx)"),
    attack("no answer shows a stack or a path of the server"),
    attack("every answer has the security headers"),
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
    },
    findings: (): readonly Finding[] => [answered, own, inside, headers].map((one) => one.finding()),
  };
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
