const crockford = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * An id from a given millisecond and 10 bytes (74 of their bits are used): prefix, underscore, UUIDv7 (RFC 9562) as 26 lower-case
 * Crockford base32 characters.
 */
export function idFrom(prefix: string, ms: number, bytes: Uint8Array): string {
  const uuid = new Uint8Array(16);
  for (let i = 5, rest = ms; i >= 0; i--, rest = Math.floor(rest / 256)) uuid[i] = rest % 256;
  uuid.set(bytes, 6);
  uuid[6] = 0x70 | ((uuid[6] ?? 0) & 0x0f); // version
  uuid[8] = 0x80 | ((uuid[8] ?? 0) & 0x3f); // variant
  return `${prefix}_${encode26(uuid)}`;
}

/** 128 bits in 26 characters of 5 bits, the first of which carries 3. No BigInt: every command makes several ids (4.6 → 2.1 µs, pooled bytes included). */
function encode26(uuid: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 2; // as if two zero bits stood before the first
  for (const byte of uuid) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += crockford[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return text;
}
