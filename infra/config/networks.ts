import { BlockList, isIP } from "node:net";

/** Networks by CIDR or single address. */
export type Networks = { has(address: string): boolean };

/** Reads `10.0.0.0/8, 2001:db8::/32, 192.0.2.7`; undefined where one of them is none. */
export function parseNetworks(text: string): Networks | undefined {
  const list = new BlockList();
  for (const part of text.split(",").map((one) => one.trim())) {
    const [address = "", bits, ...rest] = part.split("/");
    const family = isIP(address);
    const bitsMax = family === 6 ? 128 : 32;
    if (family === 0 || rest.length > 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= bitsMax)))
      return undefined;
    list.addSubnet(address, Number(bits ?? bitsMax), family === 6 ? "ipv6" : "ipv4");
  }
  return { has: (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4") };
}
