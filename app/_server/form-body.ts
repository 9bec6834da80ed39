import { setTimeout as delay } from "node:timers/promises";
import { extractInfoFromServerReferenceId, mightBeServerReferenceId } from "next/dist/shared/lib/server-reference-info";
import { areValues } from "./form-values";

/** Several times what the longest form of ours holds, with what was typed in it twice. */
export const bodyBytesMax = 64_000;

/** Forms that anybody may send, signed in or not, hold an address, a name and two passwords at most. */
export const strangerBytesMax = 8_000;

/** A body that takes longer is left to Next and to the server's own limit, as if it had not been looked at. */
const readMsMax = 60_000;

export type FormFault = "too_long" | "unreadable";

/** Of a form that a server action is to get, `action` being its id where scripts sent it. */
export type SentForm = {
  contentType: string | null;
  action: string | null;
  body: ReadableStream<Uint8Array> | null;
  bytesMax: number;
};

/** `form`: as it was posted without scripts, so that it can be kept for another try; of other forms nothing is told. */
export type LookedAt = { fault?: FormFault; form?: FormData };

/**
 * Whether what was sent can be a form of our pages at all: whole, and in the shape that React gives it, with scripts or without. Next would answer
 * what is cut or garbled with a bare 500 and log it as an error of ours. Nothing is decided by it: what the fields say is for the action to read.
 */
export async function lookAtForm({ contentType, action, body, bytesMax }: SentForm): Promise<LookedAt> {
  const isMultipart = contentType?.startsWith("multipart/form-data") ?? false;
  if (action === null ? !isMultipart : !mightBeServerReferenceId(action)) return {}; // no form, or of no build: Next has an answer
  const bytes = await readUpTo(body, bytesMax);
  if (bytes === undefined) return {};
  if (bytes === "too_long") return { fault: bytes };
  if (!isMultipart) return isSoundCall(await bytes.text(), action) ? {} : { fault: "unreadable" };
  const form = await new Response(bytes, { headers: { "content-type": contentType ?? "" } }).formData().catch(() => undefined);
  if (!form || !(await areBareParts(bytes, contentType)) || namesRepeat(form)) return { fault: "unreadable" };
  if (action !== null) return isScriptedForm(form, action) ? {} : { fault: "unreadable" };
  return isPlainForm(form) ? { form } : { fault: "unreadable" };
}

/** Of an action that looks at nothing it is given, React sends no form: only that it is called. */
function isSoundCall(text: string, action: string | null): boolean {
  return action !== null && placeOfForm(action) === undefined && areValues(jsonOf(text), "0");
}

/** Which arguments an action looks at stands in its id. The last one of ours is the form, the one before it the state of its page. */
function placeOfForm(action: string): number | undefined {
  const last = extractInfoFromServerReferenceId(action).usedArgs.lastIndexOf(true);
  return last === -1 ? undefined : last;
}

/** Undefined: it did not come in time. */
async function readUpTo(body: ReadableStream<Uint8Array> | null, bytesMax: number): Promise<Blob | "too_long" | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = body?.getReader();
  const isOver = new AbortController();
  const late = delay(readMsMax, undefined, { signal: isOver.signal }).catch(() => undefined);
  try {
    for (let bytes = 0; reader; ) {
      const read = await Promise.race([reader.read().catch(() => "cut" as const), late]);
      if (read === "cut") return new Blob([]); // whoever sent it hung up, or was too slow for the server: nothing of it counts
      if (!read) return undefined;
      if (read.done) break;
      bytes += read.value.byteLength;
      if (bytes > bytesMax) return "too_long";
      chunks.push(new Uint8Array(read.value));
    }
    return new Blob(chunks);
  } finally {
    isOver.abort();
  }
}

/** With scripts: field "0" holds the arguments, the last of which is the form; its own fields begin with "_". React takes other names for parts. */
function isScriptedForm(form: FormData, action: string): boolean {
  const isOurs = ([name, value]: [string, unknown]) => typeof value === "string" && (name === "0" || name.startsWith("_"));
  const args = jsonOf(only(form, "0"));
  if (!Array.isArray(args) || ![...form].every(isOurs)) return false;
  const place = placeOfForm(action);
  if (place === undefined) return areValues(args, "0");
  return args.length === place + 1 && isFormReference(args[place]) && areValues(args.slice(0, place), "0");
}

const isFormReference = (value: unknown): boolean => typeof value === "string" && /^\$K[0-9a-f]+$/.test(value);

/** Without: one hidden field names the action, or where it is described, and what of its arguments comes before the form. */
function isPlainForm(form: FormData): boolean {
  const found = [...form.keys()].flatMap((name) => [...name.matchAll(/^\$ACTION_(ID|REF)_(.*)$/gs)]);
  if (found.length !== 1) return false;
  const [, kind, of = ""] = found[0] ?? [];
  return kind === "ID" ? !placeOfForm(of) : isDescribed(form, `$ACTION_${of}`);
}

function isDescribed(form: FormData, prefix: string): boolean {
  const [, action] = /^\{"id":"([0-9a-f]+)","bound":"\$@1"\}$/.exec(String(only(form, `${prefix}:0`))) ?? [];
  const bound = jsonOf(only(form, `${prefix}:1`));
  return action !== undefined && areValues(bound, "1") && bound.length === (placeOfForm(action) ?? bound.length);
}

/** No form of ours has a name twice: one reader would take the first value and another the last. */
function namesRepeat(form: FormData): boolean {
  return new Set(form.keys()).size < [...form.keys()].length;
}

/** All that browsers write above a field that is no file. The names of ours are plain ASCII, and quotes are encoded in any. */
const headOfField = /^\r\ncontent-disposition: form-data; name="[ !#-~]*"$/i;

/**
 * No form of ours has a file, so no part has a type, an encoding or a file name. Next's reader minds each of them, and answers what it cannot
 * read with a bare error.
 */
async function areBareParts(bytes: Blob, contentType: string | null): Promise<boolean> {
  const boundary = /boundary="?([^";]+)/i.exec(contentType ?? "")?.[1];
  if (boundary === undefined) return false;
  const [, ...parts] = Buffer.from(await bytes.arrayBuffer())
    .toString("latin1")
    .split(`--${boundary}`);
  const end = parts.pop();
  return end?.startsWith("--") === true && parts.every((part) => headOfField.test(part.slice(0, part.indexOf("\r\n\r\n"))));
}

/** Undefined: it is not there, or not once; then one reader may take the first and another the last. */
function only(form: FormData, name: string): FormDataEntryValue | undefined {
  const [value, ...others] = form.getAll(name);
  return others.length === 0 ? value : undefined;
}

/** Undefined: it is none. */
function jsonOf(text: FormDataEntryValue | undefined): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
