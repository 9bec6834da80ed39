/** Why a request goes no further than the front. */
export type FrontRefusal = { status: 400 | 404 | 405; text: string; allow?: string };

const pageMethods = ["GET", "HEAD", "POST"];
const fileMethods = ["GET", "HEAD"];

/**
 * What Next would answer with a bare 500, or does not know at all: other methods, forms sent to a file, a percent sign
 * that encodes nothing. Undefined: the request goes on.
 */
export function frontRefusal(method: string, target: string): FrontRefusal | undefined {
  const path = pathOf(target);
  if (path === undefined || !isDecodable(path)) return { status: 400, text: "This address cannot be read." };
  if (path === ownErrorPage) return { status: 404, text: "There is nothing at this address." };
  const allowed = isFile(path) ? fileMethods : pageMethods;
  if (allowed.includes(method)) return undefined;
  return { status: 405, text: "Nothing here is asked for in this way.", allow: allowed.join(", ") };
}

/** The page that Next keeps for errors of ours is reached by an error alone. */
const ownErrorPage = "/_global-error";

/** What stands in the request's first line is a path, or a whole address. */
function pathOf(target: string): string | undefined {
  return withoutHost(target)?.split(/[?#]/, 1)[0];
}

/** The path and query that were asked for. Next would lead who names a whole address to that very address. Undefined: it is none. */
export function withoutHost(target: string): string | undefined {
  if (target.startsWith("/")) return target;
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return undefined;
  const { pathname, search } = new URL(target);
  return pathname + search;
}

/** No page's address has a dot in its last part. */
function isFile(path: string): boolean {
  return path.startsWith("/_next/") || path.slice(path.lastIndexOf("/")).includes(".");
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
