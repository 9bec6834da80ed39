import type { Role } from "@/domain/access/policy";
import type { Identity } from "@/infra/identity/identity";
import { findLogin } from "@/infra/identity/people";
import { openSession } from "@/infra/identity/sign-in";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";

/** A person of the demo book whom anybody may be with one click. */
export type DemoLogin = { email: string; name: string; role: Role; about: string };

export type DemoSignIn = { email: string; logins: readonly DemoLogin[]; isDemo: boolean; address: string; headers: Headers };

/** Signs in without a password: on a demo book only, as one of `logins` only. `isDemo` comes from the book itself. Undefined when refused. */
export async function demoSignIn(identity: Identity, request: DemoSignIn): Promise<string[] | undefined> {
  const { email, logins, isDemo, address, headers } = request;
  const listed = isDemo ? logins.find((login) => login.email === email) : undefined;
  const login = listed && (await findLogin(identity.pool, listed.email));
  if (!listed || !login || login.role !== listed.role) {
    await recordSecurityEvent(identity.pool, { kind: "demo_sign_in_refused", address, detail: { demo: isDemo ? "yes" : "no" } });
    return undefined;
  }
  await recordSecurityEvent(identity.pool, { kind: "demo_sign_in", actor: login, address });
  return openSession(identity, login.userId, headers);
}
