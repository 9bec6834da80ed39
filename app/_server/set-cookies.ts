import { parseSetCookieHeader, toCookieOptions } from "better-auth/cookies";
import { cookies } from "next/headers";

/** Puts Set-Cookie values on the answer of an action or route handler. */
export async function setCookies(values: readonly string[]): Promise<void> {
  const jar = await cookies();
  for (const value of values) {
    for (const [name, cookie] of parseSetCookieHeader(value)) {
      const { maxAge, expires, domain, path, secure, httpOnly, sameSite } = toCookieOptions(cookie);
      const given = Object.entries({ maxAge, expires, domain, path, secure, httpOnly, sameSite }).filter(
        ([, option]) => option !== undefined,
      );
      jar.set(name, cookie.value, Object.fromEntries(given));
    }
  }
}
