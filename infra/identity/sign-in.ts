import type { UserId } from "@/domain/ids";
import { signInAttempt } from "@/infra/identity/attempts";
import { hashLogin, normaliseEmail } from "@/infra/identity/hash-login";
import type { Identity } from "@/infra/identity/identity";
import { admit, forgive } from "@/infra/identity/throttle";
import { isGateFull, isRefusedByAuth } from "@/infra/identity/told-errors";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";

/** `setCookies`: Set-Cookie header values for the answer. `wrong` says nothing about whether the login exists. */
export type SignInOutcome =
  | { kind: "signed_in"; setCookies: string[] }
  | { kind: "wrong" }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "busy" };

export type SignInRequest = { email: string; password: string; address: string; headers: Headers };

/** Signs in with e-mail and password. An unknown login costs the same hash, is throttled alike and gets the same answer. */
export async function signIn(identity: Identity, { email, password, address, headers }: SignInRequest): Promise<SignInOutcome> {
  const { auth, pool, hmacKey } = identity;
  const loginHash = hashLogin(hmacKey, email);
  const attempt = signInAttempt(hmacKey, email, address);
  const admission = await admit(pool, [attempt.login, attempt.address]);
  if (!admission.admitted) {
    await recordSecurityEvent(pool, { kind: "sign_in_throttled", loginHash, address });
    return { kind: "throttled", waitSeconds: admission.waitSeconds };
  }
  try {
    const answer = await auth.api.signInEmail({ body: { email: normaliseEmail(email), password }, headers, returnHeaders: true });
    await forgive(pool, { cleared: [attempt.login.key], returned: [attempt.address.key] });
    await recordSecurityEvent(pool, { kind: "sign_in", actor: { userId: answer.response.user.id as UserId }, address });
    return { kind: "signed_in", setCookies: answer.headers.getSetCookie() };
  } catch (error) {
    if (isGateFull(error)) {
      await forgive(pool, { cleared: [], returned: [attempt.login.key, attempt.address.key] }); // nothing was tried
      await recordSecurityEvent(pool, { kind: "hashing_busy", loginHash, address });
      return { kind: "busy" };
    }
    if (!isRefusedByAuth(error)) throw error;
    await recordSecurityEvent(pool, { kind: "sign_in_refused", loginHash, address });
    return { kind: "wrong" };
  }
}

/** Opens a session for a login that has just proved itself in another way. */
export async function openSession({ auth }: Identity, userId: UserId, headers: Headers): Promise<string[]> {
  const answer = await auth.api.signInAs({ body: { userId }, headers, returnHeaders: true });
  return answer.headers.getSetCookie();
}

/** Ends the session of these headers, in the database too. */
export async function signOut({ auth, pool }: Identity, headers: Headers, userId: UserId | undefined): Promise<string[]> {
  const answer = await auth.api.signOut({ headers, returnHeaders: true });
  if (userId) await recordSecurityEvent(pool, { kind: "signed_out", actor: { userId } });
  return answer.headers.getSetCookie();
}
