import type { Action } from "./actions";
import type { EveryAnswer } from "./every-answer";
import { type FormPart, plainForm, scriptedForm } from "./form-bodies";
import { type Answer, type Headers, type Request, send } from "./send";

/** How a form is sent: by a browser without scripts, or by React. */
export const ways = ["plain", "scripted"] as const;
export type Way = (typeof ways)[number];

export type ActionCall = {
  fields: Readonly<Record<string, string>> | readonly FormPart[];
  way?: Way;
  headers?: Headers;
  /** Where it is sent; the page that the action belongs to, unless said otherwise. */
  path?: string;
};

/** Somebody with a browser of their own: its cookies, and no judgement. */
export function createVisitor(origin: string, every: EveryAnswer, known: ReadonlyMap<string, string> = new Map()) {
  const cookies = new Map(known);

  async function request(asked: Request): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await send(origin, { ...asked, headers: { ...(cookie && { cookie }), ...asked.headers } });
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    every.watch(asked, answer);
    return answer;
  }

  return {
    cookies,
    request,
    get: (path: string, headers: Headers = {}) => request({ path, headers: { accept: "text/html", ...headers } }),
    /** The page as the router of Next asks for it. */
    async flight(path: string): Promise<Answer> {
      const asked = { path: `${path}${path.includes("?") ? "&" : "?"}_rsc=1`, headers: { rsc: "1" } };
      const answer = await request(asked);
      const to = answer.headers.location && new URL(answer.headers.location, origin);
      const isMarked = to && withoutMark(to) === withoutMark(new URL(asked.path, origin)); // by a hash of the headers
      return isMarked ? request({ ...asked, path: to.pathname + to.search }) : answer;
    },
    /** Sends the form of an action, as one of our pages would unless `call` says otherwise. */
    act(action: Action, { fields, way = "plain", headers = {}, path }: ActionCall): Promise<Answer> {
      const parts = Array.isArray(fields) ? (fields as readonly FormPart[]) : Object.entries(fields);
      const { body, type } = way === "plain" ? plainForm(action, parts) : scriptedForm(action, parts);
      const scripted = way === "scripted" ? { "next-action": action.id } : {};
      const all = { origin, "content-type": type, ...scripted, ...headers };
      const sent = Object.entries(all).filter(([, value]) => value !== ""); // an empty one is left out
      return request({
        method: "POST",
        path: path ?? addressOf(action, new Map(parts).get("accountId")),
        headers: Object.fromEntries(sent),
        body,
      });
    },
  };
}

/** The address of the page that an action's form stands on. */
export function addressOf({ path }: Pick<Action, "path">, account = "none"): string {
  return path
    .replace("[accountId]", /^acc_\w+$/.test(account) ? account : "none") // a field may hold anything
    .replace("[reader]", "account_balances")
    .replace("[wish]", "rebuild")
    .replace("[commandId]", "cmd_01jw0ragm0e098qr68a33z4ra0")
    .replace("[token]", "nosuchtoken000000000000000000000");
}

function withoutMark({ pathname, searchParams }: URL): string {
  return `${pathname}?${[...searchParams].filter(([name]) => name !== "_rsc").join("&")}`;
}

export type Visitor = ReturnType<typeof createVisitor>;
