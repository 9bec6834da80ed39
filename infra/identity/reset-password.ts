import type { UserId } from "@/domain/ids";
import { resetAttempt, signInAttempt } from "@/infra/identity/attempts";
import { hashLogin } from "@/infra/identity/hash-login";
import type { Identity } from "@/infra/identity/identity";
import { makeLink, ownerOfLink, resetLinkMsValid, withdrawLinks } from "@/infra/identity/one-time-link";
import { verifyPassword } from "@/infra/identity/password-hashing";
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
  if (!(await admit(pool, resetAttempt(hmacKey, email, address))).admitted) {
    return recordSecurityEvent(pool, { kind: "reset_throttled", loginHash, address });
  }
  const login = await findLogin(pool, email);
  if (!login) return recordSecurityEvent(pool, { kind: "reset_refused", loginHash, address, detail: { code: "unknown_login" } });

  const link = await makeLink(identity, login.userId, resetLinkMsValid);
  await recordSecurityEvent(pool, { kind: "reset_link_made", actor: login, address });
  await sendMail({
    to: login.email,
    subject: "Choose a new password for Daybook",
    text: `Somebody, we hope you, asked for a new password for Daybook.\n\nChoose one here, once, within 30 minutes:\n${link}\n\nIf it was not you, do nothing: your password stays as it is.`,
  });
}

export type ResetOutcome =
  | { kind: "done" }
  | { kind: "link_spent" }
  | { kind: "weak"; problem: PasswordProblem }
  | { kind: "busy" };

/** Sets a password by a one-time link, ends every session of the login and withdraws its other links. A refused password does not spend the link. */
export async function resetPassword(
  identity: Identity,
  input: { token: string; password: string; address: string },
): Promise<ResetOutcome> {
  const { auth, pool, hmacKey } = identity;
  const { token, password, address } = input;
  const login = await ownerOfLink(identity, token);
  if (!login) return linkSpent(identity, address);
  const problem = passwordProblem(password, login);
  if (problem) return { kind: "weak", problem };
  try {
    if (await hasPassword(pool, login.userId, password)) return { kind: "weak", problem: { code: "unchanged" } };
    await auth.api.resetPassword({ body: { newPassword: password, token } });
  } catch (error) {
    if (isGateFull(error)) return { kind: "busy" };
    if (isRefusedByAuth(error)) return linkSpent(identity, address); // spent by another a moment ago
    throw error;
  }
  await withdrawLinks(pool, login.userId);
  await forgive(pool, { cleared: [signInAttempt(hmacKey, login.email, address).login.key], returned: [] });
  await recordSecurityEvent(pool, { kind: "password_reset", actor: login, address });
  return { kind: "done" };
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
