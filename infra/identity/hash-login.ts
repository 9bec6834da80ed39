import { createHmac } from "node:crypto";

/** One spelling of an e-mail address. */
export function normaliseEmail(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}

/** A keyed hash of what was typed as a login: the same login is recognised, and its text cannot be guessed from the log. */
export function hashLogin(key: Buffer, login: string): string {
  return createHmac("sha256", key)
    .update(`daybook.login.1\n${normaliseEmail(login)}`)
    .digest("base64url")
    .slice(0, 32);
}
