import type { UserId } from "@/domain/ids";
import { type Attempt, signInAttempt } from "@/infra/identity/attempts";
import { hashLogin, normaliseEmail } from "@/infra/identity/hash-login";
import type { Identity } from "@/infra/identity/identity";
import { type KnownDevice, rememberDevice, returnTry, tryOfKnownDevice } from "@/infra/identity/known-device";
import { inHashingLane } from "@/infra/identity/password-hashing";
import { admit, forgive } from "@/infra/identity/throttle";
import { isGateFull, isRefusedByAuth } from "@/infra/identity/told-errors";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";

/** `setCookies`: Set-Cookie header values for the answer. `wrong` says nothing about whether the login exists. */
export type SignInOutcome =
  | { kind: "signed_in"; setCookies: string[] }
  | { kind: "wrong" }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "busy" };

/** `at`: the clock of tests, for the counts. */
export type SignInRequest = { email: string; password: string; address: string; headers: Headers; at?: Date };

/**
 * Signs in with e-mail and password. A device that is known for this login is counted by itself; all
 * others share the login's tries by network. An unknown login costs the same work and gets the same answer.
 */
export async function signIn(identity: Identity, request: SignInRequest): Promise<SignInOutcome> {
  const known = await tryOfKnownDevice(identity, request);
  if (known) return inHashingLane("owner", () => trySignIn(identity, request, { known }));
  const { pool, hmacKey } = identity;
  const { email, address, at } = request;
  const attempt = signInAttempt(hmacKey, email, address);
  const admission = await admit(pool, attempt.counted, at);
  if (admission.admitted) return trySignIn(identity, request, { attempt });
  await recordSecurityEvent(pool, { kind: "sign_in_throttled", loginHash: hashLogin(hmacKey, email), address });
  return { kind: "throttled", waitSeconds: admission.waitSeconds };
}

type CountedBy = { known: KnownDevice } | { attempt: Attempt };

async function trySignIn(identity: Identity, request: SignInRequest, by: CountedBy): Promise<SignInOutcome> {
  const { auth, pool, hmacKey } = identity;
  const { email, password, address, headers, at } = request;
  const loginHash = hashLogin(hmacKey, email);
  try {
    const body = { email: normaliseEmail(email), password };
    const answer = await auth.api.signInEmail({ body, headers, returnHeaders: true });
    await endSessionOf(identity, headers);
    if ("attempt" in by) await forgive(pool, by.attempt);
    const userId = answer.response.user.id as UserId;
    const device = await rememberDevice(identity, { userId, email, headers, at }, "known" in by ? by.known : undefined);
    await recordSecurityEvent(pool, { kind: "sign_in", actor: { userId }, address });
    return { kind: "signed_in", setCookies: [...answer.headers.getSetCookie(), device] };
  } catch (error) {
    if (isGateFull(error)) {
      await untried(identity, by);
      await recordSecurityEvent(pool, { kind: "hashing_busy", loginHash, address });
      return { kind: "busy" };
    }
    if (!isRefusedByAuth(error)) throw error;
    await recordSecurityEvent(pool, { kind: "sign_in_refused", loginHash, address });
    return { kind: "wrong" };
  }
}

/** Nothing was tried: every count gets its try back. */
async function untried(identity: Identity, by: CountedBy): Promise<void> {
  if ("known" in by) return returnTry(identity, by.known);
  await forgive(identity.pool, { cleared: [], returned: by.attempt.counted.map(({ key }) => key) });
}

/** Opens a session for a login that has just proved itself in another way. */
export async function openSession(identity: Identity, userId: UserId, headers: Headers): Promise<string[]> {
  const answer = await identity.auth.api.signInAs({ body: { userId }, headers, returnHeaders: true });
  await endSessionOf(identity, headers);
  return answer.headers.getSetCookie();
}

/** Whoever signs in again in one browser leaves no other session of it behind: its cookie is about to be overwritten. */
async function endSessionOf({ auth, pool }: Identity, headers: Headers): Promise<void> {
  const earlier = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  if (earlier) await pool.query("delete from sessions where id = $1", [earlier.session.id]);
}

/** Ends the session of these headers, in the database too. */
export async function signOut({ auth, pool }: Identity, headers: Headers, userId: UserId | undefined): Promise<string[]> {
  const answer = await auth.api.signOut({ headers, returnHeaders: true });
  if (userId) await recordSecurityEvent(pool, { kind: "signed_out", actor: { userId } });
  return answer.headers.getSetCookie();
}
