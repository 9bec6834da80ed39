import type { UserId } from "@/domain/ids";
import { passwordChangeAttempt } from "@/infra/identity/attempts";
import type { Identity } from "@/infra/identity/identity";
import { withdrawLinks } from "@/infra/identity/one-time-link";
import { isSamePassword } from "@/infra/identity/password-hashing";
import { type PasswordProblem, passwordProblem } from "@/infra/identity/password-rules";
import { findLoginById } from "@/infra/identity/people";
import { admit, forgive } from "@/infra/identity/throttle";
import { isGateFull, isRefusedByAuth } from "@/infra/identity/told-errors";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";

export type ChangeOutcome =
  | { kind: "changed"; setCookies: string[] }
  | { kind: "wrong" }
  | { kind: "weak"; problem: PasswordProblem }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "busy" };

export type ChangeRequest = { userId: UserId; currentPassword: string; newPassword: string; headers: Headers };

/** Changes the password of the signed-in person. Every other session ends; this one goes on under a new token. */
export async function changePassword(identity: Identity, request: ChangeRequest): Promise<ChangeOutcome> {
  const { auth, pool } = identity;
  const { userId, currentPassword, newPassword, headers } = request;
  const login = await findLoginById(pool, userId);
  const problem = login && passwordProblem(newPassword, login);
  if (problem) return { kind: "weak", problem };
  if (isSamePassword(newPassword, currentPassword)) return { kind: "weak", problem: { code: "unchanged" } };

  const attempt = passwordChangeAttempt(userId);
  const admission = await admit(pool, [attempt]);
  if (!admission.admitted) return { kind: "throttled", waitSeconds: admission.waitSeconds };
  try {
    const body = { currentPassword, newPassword, revokeOtherSessions: true };
    const answer = await auth.api.changePassword({ body, headers, returnHeaders: true });
    await withdrawLinks(pool, userId);
    await forgive(pool, { cleared: [attempt.key], returned: [] });
    await recordSecurityEvent(pool, { kind: "password_changed", actor: { userId } });
    return { kind: "changed", setCookies: answer.headers.getSetCookie() };
  } catch (error) {
    if (isGateFull(error)) return { kind: "busy" };
    if (!isRefusedByAuth(error)) throw error;
    await recordSecurityEvent(pool, { kind: "password_change_refused", actor: { userId } });
    return { kind: "wrong" };
  }
}
