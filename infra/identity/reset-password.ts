import type { UserId } from "@/domain/ids";
import { resetAttempt, signInAttempt } from "@/infra/identity/attempts";
import { hashLogin } from "@/infra/identity/hash-login";
import type { Identity } from "@/infra/identity/identity";
import { forgetDevices, rememberDevice } from "@/infra/identity/known-device";
import { makeLink, ownerOfLink, resetLinkMsValid, withdrawLinks } from "@/infra/identity/one-time-link";
import { inHashingLane, verifyPassword } from "@/infra/identity/password-hashing";
import { type PasswordProblem, passwordProblem } from "@/infra/identity/password-rules";
import { findLogin } from "@/infra/identity/people";
import { admit, forgive } from "@/infra/identity/throttle";
import { isGateFull, isRefusedByAuth } from "@/infra/identity/told-errors";
import type { Db } from "@/infra/postgres/connect";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";

/**
 * Sends a link to whoever owns the address, if anybody does. Answers nothing, and is meant to run after the answer was sent,
 * so that neither its words nor its time tell whether the login exists.
 */
export async function sendResetLink(identity: Identity, { email, address }: { email: string; address: string }): Promise<void> {
  const { pool, hmacKey, sendMail } = identity;
  const loginHash = hashLogin(hmacKey, email);
  const attempt = resetAttempt(hmacKey, email, address);
  if (!(await admit(pool, attempt.counted)).admitted) {
    return recordSecurityEvent(pool, { kind: "reset_throttled", loginHash, address });
  }
  const login = await findLogin(pool, email);
  if (!login) return recordSecurityEvent(pool, { kind: "reset_refused", loginHash, address, detail: { code: "unknown_login" } });

  const link = await makeLink(identity, login.userId, resetLinkMsValid);
  await recordSecurityEvent(pool, { kind: "reset_link_made", actor: login, address });
  try {
    await sendMail({
      to: login.email,
      subject: "Choose a new password for Daybook",
      text: `Somebody, we hope you, asked for a new password for Daybook.\n\nChoose one here, once, within 30 minutes:\n${link}\n\nIf it was not you, do nothing: your password stays as it is.`,
    });
  } catch (error) {
    await forgive(pool, { cleared: [], returned: attempt.returned }); // no mail went out: the next request must not wait for it
    throw error;
  }
}

export type ResetOutcome =
  | { kind: "done"; setCookies: string[] }
  | { kind: "link_spent" }
  | { kind: "weak"; problem: PasswordProblem }
  | { kind: "busy" };

/**
 * Sets a password by a one-time link, ends every session of the login and withdraws its other links.
 * This browser becomes the one device that is known, so nobody's guesses hold up the sign-in that
 * follows. Nothing throttles a link that works. A refused password does not spend it.
 */
export async function resetPassword(
  identity: Identity,
  input: { token: string; password: string; address: string; headers: Headers },
): Promise<ResetOutcome> {
  const { auth, pool, hmacKey } = identity;
  const { token, password, address, headers } = input;
  const login = await ownerOfLink(identity, token);
  if (!login) return linkSpent(identity, address);
  const problem = passwordProblem(password, login);
  if (problem) return { kind: "weak", problem };
  try {
    const isChanged = await inHashingLane("owner", async () => {
      if (await hasPassword(pool, login.userId, password)) return false;
      await auth.api.resetPassword({ body: { newPassword: password, token } });
      return true;
    });
    if (!isChanged) return { kind: "weak", problem: { code: "unchanged" } };
  } catch (error) {
    if (isGateFull(error)) return { kind: "busy" };
    if (isRefusedByAuth(error)) return linkSpent(identity, address); // spent by another a moment ago
    throw error;
  }
  await withdrawLinks(pool, login.userId);
  await forgetDevices(pool, login.userId);
  const device = await rememberDevice(identity, { ...login, headers });
  await forgive(pool, { cleared: signInAttempt(hmacKey, login.email, address).cleared, returned: [] });
  await recordSecurityEvent(pool, { kind: "password_reset", actor: login, address });
  return { kind: "done", setCookies: [device] };
}

/** Whether this is the login's password now. Asked of whoever holds a link that works, and of nobody else. */
async function hasPassword(db: Db, userId: UserId, password: string): Promise<boolean> {
  const { rows } = await db.query<{ hash: string }>(
    "select password as hash from credentials where user_id = $1 and provider_id = 'credential' and password is not null",
    [userId],
  );
  const hash = rows[0]?.hash;
  return hash !== undefined && verifyPassword({ hash, password });
}

async function linkSpent({ pool }: Identity, address: string): Promise<ResetOutcome> {
  await recordSecurityEvent(pool, { kind: "reset_refused", address, detail: { code: "link_spent" } });
  return { kind: "link_spent" };
}
