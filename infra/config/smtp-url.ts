import { isPort } from "./postgres-url";

const form = "must be a URL like smtp://user:password@host:587, or smtps://… for TLS from the first byte";
const encoding = "in a name or password, write every sign but letters, digits, - . _ ~ as %xx (# as %23, @ as %40, / as %2F)";

/** Why this cannot be the address of a mail server, in words that repeat nothing of a password; undefined when it can. */
export function smtpUrlProblem(text: string): string | undefined {
  if (!/^smtps?:\/\//.test(text)) return form;
  const parts = /^smtps?:\/\/(?:([^/]*)@)?([^@/?#]*)(\/?)(.*)$/.exec(text);
  if (!parts) return `${form}; ${encoding}`;
  const [, login = "", address = "", , rest = ""] = parts;
  if (rest) return `has more behind its host than it takes: it ${form}; ${encoding}`;
  const [, host = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(address) ?? [];
  if (!host) return `names no host: it ${form}`;
  if (port !== undefined && !isPort(port)) return "has a port that is none: it must be a number from 1 to 65535";
  if (!URL.canParse(`http://${host}`))
    return "has a host that is none: it must be a name or an address, IPv6 in brackets ([::1])";
  return URL.canParse(text) && isLogin(login) ? undefined : `has a name or password that cannot be read: ${encoding}`;
}

function isLogin(login: string): boolean {
  try {
    decodeURIComponent(login);
    return !/[?#@\s]/.test(login);
  } catch {
    return false;
  }
}
