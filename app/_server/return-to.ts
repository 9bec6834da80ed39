const lengthMax = 2_000;
const base = "http://daybook.invalid";
const leadsBack = /^\/(sign-in|sign-out|register|forgot-password|reset-password)(\/|\?|#|$)/;

/**
 * Where to go after signing in: one of our own paths, with its query. Anything that a browser could read as another place
 * (`//host`, `/\host`, a scheme, control characters that it drops) gives the start page; so do the pages of signing in themselves.
 */
export function ownPath(text: unknown): string {
  if (typeof text !== "string" || text.length > lengthMax) return "/";
  if (!/^\/(?![/\\])/.test(text) || /[\\\p{C}]/u.test(text)) return "/";
  if (!URL.canParse(text, base)) return "/";
  const url = new URL(text, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return "/";
  const path = `${url.pathname}${url.search}${url.hash}`;
  return leadsBack.test(path) ? "/" : path;
}
