import { isIP } from "node:net";

/** A network that an address is in, by its number of leading bits. */
export type Network = { bits: number; name: string };

/**
 * One spelling of an address: IPv4 mapped into IPv6 is IPv4, IPv6 is as short as it can be, a zone is
 * left out. What is no address is returned as it is.
 */
export function plainAddress(text: string): string {
  const address = text.toLowerCase().replace(/%.*$/, "");
  if (isIP(address) !== 6) return address;
  const groups = groupsOf(address);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) return groups.slice(6).flatMap(bytesOf).join(".");
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

/** The networks that an address is counted in, the narrowest first. One customer may hold a /48. */
export function networksOf(text: string): readonly [Network, ...Network[]] {
  const address = plainAddress(text);
  if (isIP(address) === 4) {
    return [
      { bits: 32, name: address },
      { bits: 24, name: `${address.split(".").slice(0, 3).join(".")}.0/24` },
    ];
  }
  if (isIP(address) !== 6) return [{ bits: 0, name: "unknown" }];
  const groups = groupsOf(address);
  const head = (bits: number) => {
    const kept = groups.map((group, i) => group & (0xffff << Math.max(0, 16 - Math.max(0, bits - 16 * i))) & 0xffff);
    return {
      bits,
      name: `${kept
        .slice(0, 4)
        .map((group) => group.toString(16))
        .join(":")}::/${bits}`,
    };
  };
  return [head(64), head(56), head(48)];
}

/** The widest of them: whom one login's tries are shared out among. */
export function widestNetwork(text: string): Network {
  const networks = networksOf(text);
  return networks.at(-1) ?? networks[0];
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = "", tail] = address.split("::").map(withoutDots);
  const left = numbersOf(head);
  if (tail === undefined) return left;
  const right = numbersOf(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

const numbersOf = (part: string): number[] => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));

/** An IPv4 address at the end stands for two groups. */
function withoutDots(part: string): string {
  return part.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const group = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${group(a, b)}:${group(c, d)}`;
  });
}

const bytesOf = (group: number): number[] => [group >> 8, group & 0xff];
