import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** A device's id with its signature for one login. */
type Entry = { id: string; signature: string };

const loginsMax = 5; // of one browser: a family's, or a teller's two
const cookieLengthMax = 400;
const entryPattern = /^(dev_[0-9a-hjkmnp-tv-z]{26})\.([\w-]{32})$/;

/** Signs device cookies: of the secret that hashes logins, and usable for nothing else. */
export function deviceKeyFrom(hmacKey: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", hmacKey, "", "daybook.device.1", 32));
}

export function deviceCookieName({ secure }: { secure: boolean }): string {
  return `${secure ? "__Secure-" : ""}daybook.device`;
}

/** The id that this browser has for a login, if its signature is ours and for that login. */
export function deviceIdFor(key: Buffer, cookie: string, loginHash: string): string | undefined {
  return entriesOf(cookie).find((entry) => isSigned(key, entry, loginHash))?.id;
}

/** The cookie with this device in front; what it held for the same login, and the oldest beyond the limit, drop out. */
export function withDevice(key: Buffer, cookie: string, device: { id: string; loginHash: string }): string {
  const others = entriesOf(cookie).filter((entry) => !isSigned(key, entry, device.loginHash));
  const entry = { id: device.id, signature: signatureOf(key, device.id, device.loginHash) };
  return [entry, ...others]
    .slice(0, loginsMax)
    .map(({ id, signature }) => `${id}.${signature}`)
    .join("~");
}

function entriesOf(cookie: string): Entry[] {
  if (cookie.length > cookieLengthMax) return [];
  return cookie
    .split("~")
    .slice(0, loginsMax)
    .flatMap((text) => {
      const [, id, signature] = entryPattern.exec(text) ?? [];
      return id && signature ? [{ id, signature }] : [];
    });
}

function isSigned(key: Buffer, { id, signature }: Entry, loginHash: string): boolean {
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(key, id, loginHash)));
}

function signatureOf(key: Buffer, id: string, loginHash: string): string {
  return createHmac("sha256", key).update(`${id}\n${loginHash}`).digest("base64url").slice(0, 32);
}
