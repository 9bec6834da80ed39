import { isIP } from "node:net";
import { networkInterfaces } from "node:os";

/** Where people find this server, and from where its forms may come: made together, so that what is printed is accepted. */
export type Addresses = {
  /** The address that people type; in links and mails. */
  readonly printed: string;
  /** Further ones that others can type, where it listens on every address of the machine. */
  readonly alsoAt: readonly string[];
  /** Where it listens itself, when people type another address (behind a proxy). */
  readonly listensAt: string;
  readonly listensEverywhere: boolean;
  /** Origins whose forms are accepted. */
  readonly origins: readonly string[];
  /** Whether no other origin is: else the host that was asked counts too. */
  readonly onlyThese: boolean;
};

type Asked = { host: string; port: number; stated: string | undefined; machine?: readonly string[] };

/** `stated`: DAYBOOK_ORIGIN. `machine`: the addresses of this machine beside its loopback. */
export function addressesOf({ host, port, stated, machine }: Asked): Addresses {
  const everywhere = isEverywhere(host);
  const others = everywhere ? (machine ?? addressesOfMachine()).filter((one) => host !== "0.0.0.0" || isIP(one) === 4) : [];
  const own = originOf(everywhere ? everywhereTyped(host) : host, port);
  const alsoAt = others.map((one) => originOf(one, port));
  if (stated !== undefined) {
    const origin = new URL(stated).origin;
    return { printed: origin, alsoAt: [], listensAt: own, listensEverywhere: everywhere, origins: [origin], onlyThese: true };
  }
  // On a loopback address a foreign host name means DNS rebinding: only names of this machine count.
  const loopback = isLoopback(host) || everywhere ? ["127.0.0.1", "localhost", "::1"].map((one) => originOf(one, port)) : [];
  const origins = [...new Set([own, ...alsoAt, ...loopback])];
  return { printed: own, alsoAt, listensAt: own, listensEverywhere: everywhere, origins, onlyThese: isLoopback(host) };
}

/** Whether a server on this host can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const name = canonicalHost(host);
  if (name === "localhost" || name === "[::1]") return true;
  const mapped = /^\[::ffff:([0-9a-f]{1,4}):[0-9a-f]{1,4}\]$/.exec(name);
  if (mapped) return Number.parseInt(mapped[1] ?? "", 16) >> 8 === 127;
  return isIP(name) === 4 && name.startsWith("127.");
}

/** Why nothing can listen on such a host; undefined when it may. Whether it is one of this machine shows when the server listens. */
export function hostProblem(host: string): string | undefined {
  const bare = bareHost(host);
  if (bare.includes("%")) return "must be an address that a browser can show: one without a zone (%eth0)";
  if (isIP(bare) !== 0) return undefined;
  const isName = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i.test(bare);
  return isName && URL.canParse(`http://${bare}`) && canonicalHost(bare) === bare
    ? undefined
    : "must be a host name or address, like 127.0.0.1, ::1 or 0.0.0.0";
}

/** `[::1]` is `::1`: what a browser shows and what a server listens on are written differently. */
export function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
}

function isEverywhere(host: string): boolean {
  return ["0.0.0.0", "[::]", "[::ffff:0:0]"].includes(canonicalHost(host));
}

/** Nobody can type 0.0.0.0 or ::. */
const everywhereTyped = (host: string) => (isIP(bareHost(host)) === 6 ? "localhost" : "127.0.0.1");

/** As browsers write an origin: a canonical host, and no port where it is the scheme's own. */
function originOf(host: string, port: number): string {
  return new URL(`http://${inBrackets(host)}:${port}`).origin;
}

function canonicalHost(host: string): string {
  const url = `http://${inBrackets(host)}`;
  return URL.canParse(url) ? new URL(url).hostname : host;
}

const inBrackets = (host: string) => (isIP(bareHost(host)) === 6 ? `[${bareHost(host)}]` : host);

/** Link-local ones of IPv6 are left out: they need a zone, which no browser takes. */
function addressesOfMachine(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
    .map(({ address }) => address);
}
