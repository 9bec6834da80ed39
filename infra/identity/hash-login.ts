import { createHmac } from "node:crypto";
import { unitsMax } from "@/domain/text/bounds";
import { normalise, TextTooLong } from "@/domain/text/normalise";

/** One spelling of an e-mail address. @throws TextTooLong where it is longer than any address is. */
export function normaliseEmail(text: string): string {
  if (text.length > unitsMax.email) throw new TextTooLong(text.length);
  return normalise(text, "NFC").trim().toLowerCase();
}

/** A keyed hash of what was typed as a login: the same login is recognised, and its text cannot be guessed from the log. */
export function hashLogin(key: Buffer, login: string): string {
  return createHmac("sha256", key)
    .update(`daybook.login.1\n${normaliseEmail(login)}`)
    .digest("base64url")
    .slice(0, 32);
}
