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
      const { location = "" } = answer.headers;
      const isSamePage = location.replace(/_rsc=[^&]*/, "") === asked.path.replace(/_rsc=[^&]*/, "");
      return isSamePage ? request({ ...asked, path: location }) : answer; // Next wants a mark of the headers' own there
    },
    /** Sends the form of an action, as one of our pages would unless `call` says otherwise. */
    act(action: Action, { fields, way = "plain", headers = {}, path = action.path }: ActionCall): Promise<Answer> {
      const parts = Array.isArray(fields) ? (fields as readonly FormPart[]) : Object.entries(fields);
      const { body, type } = way === "plain" ? plainForm(action, parts) : scriptedForm(action, parts);
      const scripted = way === "scripted" ? { "next-action": action.id } : {};
      const all = { origin, "content-type": type, ...scripted, ...headers };
      const sent = Object.entries(all).filter(([, value]) => value !== ""); // an empty one is left out
      return request({ method: "POST", path: path.replace(/\[\w+\]/g, "x"), headers: Object.fromEntries(sent), body });
    },
  };
}

export type Visitor = ReturnType<typeof createVisitor>;
