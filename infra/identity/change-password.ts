import type { UserId } from "@/domain/ids";
import { passwordChangeAttempt } from "@/infra/identity/attempts";
import type { Identity } from "@/infra/identity/identity";
import { forgetDevices, rememberDevice } from "@/infra/identity/known-device";
import { withdrawLinks } from "@/infra/identity/one-time-link";
import { inHashingLane, isSamePassword } from "@/infra/identity/password-hashing";
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

export type ChangeRequest = { userId: UserId; sessionId: string; currentPassword: string; newPassword: string; headers: Headers };

/** Changes the password of the signed-in person. Every other session ends and no other device stays known; this one goes on under a new token. */
export async function changePassword(identity: Identity, request: ChangeRequest): Promise<ChangeOutcome> {
  const { auth, pool } = identity;
  const { userId, sessionId, currentPassword, newPassword, headers } = request;
  const login = await findLoginById(pool, userId);
  if (!login) throw new Error("a session without a login");
  const problem = passwordProblem(newPassword, login);
  if (problem) return { kind: "weak", problem };
  if (isSamePassword(newPassword, currentPassword)) return { kind: "weak", problem: { code: "unchanged" } };

  const attempt = passwordChangeAttempt(sessionId);
  const admission = await admit(pool, attempt.counted);
  if (!admission.admitted) return { kind: "throttled", waitSeconds: admission.waitSeconds };
  try {
    const body = { currentPassword, newPassword, revokeOtherSessions: true };
    const answer = await inHashingLane("owner", () => auth.api.changePassword({ body, headers, returnHeaders: true }));
    await withdrawLinks(pool, userId);
    await forgetDevices(pool, userId);
    const device = await rememberDevice(identity, { userId, email: login.email, headers });
    await forgive(pool, { cleared: attempt.counted.map(({ key }) => key), returned: [] });
    await recordSecurityEvent(pool, { kind: "password_changed", actor: { userId } });
    return { kind: "changed", setCookies: [...answer.headers.getSetCookie(), device] };
  } catch (error) {
    if (isGateFull(error)) return { kind: "busy" };
    if (!isRefusedByAuth(error)) throw error;
    await recordSecurityEvent(pool, { kind: "password_change_refused", actor: { userId } });
    return { kind: "wrong" };
  }
}
