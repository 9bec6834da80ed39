import { setTimeout as delay } from "node:timers/promises";
import { extractInfoFromServerReferenceId, mightBeServerReferenceId } from "next/dist/shared/lib/server-reference-info";

/** What a server action reads at most; Next refuses more without a word. */
export const bodyBytesMax = 1_000_000;

/** A body that takes longer is left to Next and to the server's own limit, as if it had not been looked at. */
const readMsMax = 60_000;

export type FormFault = "too_long" | "unreadable";

/** Of a form that a server action is to get, `action` being its id where scripts sent it. */
export type SentForm = { contentType: string | null; action: string | null; body: ReadableStream<Uint8Array> | null };

/**
 * Whether what was sent can be a form of our pages at all: whole, and in the shape that React gives it, with scripts or without. Next would answer
 * what is cut or garbled with a bare 500 and log it as an error of ours. Nothing is decided by it: what the fields say is for the action to read.
 */
export async function faultOfForm({ contentType, action, body }: SentForm): Promise<FormFault | undefined> {
  const isMultipart = contentType?.startsWith("multipart/form-data") ?? false;
  if (action === null ? !isMultipart : !mightBeServerReferenceId(action)) return undefined; // no form, or of no build: Next has an answer
  const bytes = await readUpTo(body, bodyBytesMax);
  if (bytes === "too_long" || bytes === undefined) return bytes;
  const isSound = isMultipart ? await isSoundForm(bytes, { contentType, action }) : isSoundCall(await bytes.text(), action);
  return isSound ? undefined : "unreadable";
}

async function isSoundForm(bytes: Blob, { contentType, action }: Omit<SentForm, "body">): Promise<boolean> {
  const parsing = new Response(bytes, { headers: { "content-type": contentType ?? "" } }).formData();
  const form = await parsing.catch(() => undefined);
  if (!form) return false;
  return action === null ? isPlainForm(form) : isScriptedForm(form, action);
}

/** Of an action that looks at nothing it is given, React sends no form: only that it is called. */
function isSoundCall(text: string, action: string | null): boolean {
  return action !== null && !takesForm(action) && Array.isArray(jsonOf(text));
}

/** Which arguments an action looks at stands in its id. The last one of ours is the form; there is none that takes something else. */
function takesForm(action: string): boolean {
  return extractInfoFromServerReferenceId(action).usedArgs.includes(true);
}

/** Undefined: it did not come in time. */
async function readUpTo(body: ReadableStream<Uint8Array> | null, bytesMax: number): Promise<Blob | "too_long" | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = body?.getReader();
  const isOver = new AbortController();
  const late = delay(readMsMax, undefined, { signal: isOver.signal }).catch(() => undefined);
  try {
    for (let bytes = 0; reader; ) {
      const read = await Promise.race([reader.read(), late]);
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

/** With scripts: field "0" holds the arguments, the last of which is the form; the form's own fields have names that begin with its number. */
function isScriptedForm(form: FormData, action: string): boolean {
  const numbered = [...form].filter(([name]) => /^\d+$/.test(name));
  const args = jsonOf(form.get("0"));
  if (!Array.isArray(args) || !numbered.every(([, text]) => jsonOf(text) !== undefined)) return false;
  return !takesForm(action) || isFormReference(args.at(-1));
}

const isFormReference = (value: unknown): boolean => typeof value === "string" && /^\$K[0-9a-f]+$/.test(value);

/** Without: the action is named by a hidden field, or described in one together with what it is bound to in another. */
function isPlainForm(form: FormData): boolean {
  const names = [...form.keys()].filter((name) => name.startsWith("$ACTION_"));
  const described = names.filter((name) => name.startsWith("$ACTION_REF_")).map((name) => name.slice("$ACTION_REF_".length));
  const isNamed = names.some((name) => name.startsWith("$ACTION_ID_"));
  return (isNamed || described.length > 0) && described.every((prefix) => isDescribed(form, prefix));
}

function isDescribed(form: FormData, prefix: string): boolean {
  const action = jsonOf(form.get(`$ACTION_${prefix}:0`));
  if (typeof action !== "object" || action === null) return false;
  const bound = "bound" in action && typeof action.bound === "string" ? /^\$@([0-9a-f]+)$/.exec(action.bound)?.[1] : undefined;
  return bound === undefined || Array.isArray(jsonOf(form.get(`$ACTION_${prefix}:${bound}`)));
}

/** Undefined: it is none. */
function jsonOf(text: FormDataEntryValue | null): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
