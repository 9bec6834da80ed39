/** Text with one bit of one character flipped, as `random` has it; never a control character, which `jsonb` would refuse. */
export function flippedBit(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const code = text.charCodeAt(at) ^ (1 << Math.floor(random() * 5));
  return `${text.slice(0, at)}${code < 32 || code === 127 ? "~" : String.fromCharCode(code)}${text.slice(at + 1)}`;
}

/** A stored JSON value with one bit flipped in one of its texts, or in a name where it has no text. */
export function flippedLeaf(value: unknown, random: () => number): unknown {
  if (typeof value === "string") return flippedBit(value, random);
  if (Array.isArray(value)) {
    const at = Math.floor(random() * value.length);
    return value.map((item, i) => (i === at ? flippedLeaf(item, random) : item));
  }
  if (value === null || typeof value !== "object") return "~";
  const names = Object.keys(value);
  if (names.length === 0) return { "~": "" };
  const name = names[Math.floor(random() * names.length)];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === name ? flippedLeaf(item, random) : item]));
}
