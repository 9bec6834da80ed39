import { z } from "zod";
import { unitsMax } from "@/domain/text/bounds";
import { registrationAttempt } from "@/infra/identity/attempts";
import { hashLogin, normaliseEmail } from "@/infra/identity/hash-login";
import type { Identity } from "@/infra/identity/identity";
import { rememberDevice } from "@/infra/identity/known-device";
import { mayBeCalled } from "@/infra/identity/name-rules";
import { type PasswordProblem, passwordLengthMax, passwordProblem } from "@/infra/identity/password-rules";
import { createCustomer } from "@/infra/identity/people";
import { personName } from "@/infra/identity/person-name";
import { openSession } from "@/infra/identity/sign-in";
import { admit, forgive } from "@/infra/identity/throttle";
import { isGateFull } from "@/infra/identity/told-errors";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";

export const emailInput = z
  .string()
  .max(unitsMax.email, { abort: true, error: `An e-mail address has at most ${unitsMax.email} characters.` })
  .transform(normaliseEmail)
  .pipe(z.email("Write an e-mail address, like name@example.org."));

const passwordText = z.string().max(unitsMax.password, { abort: true, error: `Use at most ${passwordLengthMax} characters.` });

export const registrationInput = z.strictObject({ name: personName, email: emailInput, password: passwordText });

export type RegistrationOutcome =
  | { kind: "registered"; setCookies: string[] }
  | { kind: "taken" }
  | { kind: "name_taken" }
  | { kind: "weak"; problem: PasswordProblem }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "busy" };

export type RegistrationRequest = z.infer<typeof registrationInput> & { address: string; headers: Headers };

/** Makes a customer, and never anything else, and signs them in. Throttled by address, lest it be used to try which addresses bank here. */
export async function register(identity: Identity, request: RegistrationRequest): Promise<RegistrationOutcome> {
  const { pool, hmacKey } = identity;
  const { email, name, password, address, headers } = request;
  const problem = passwordProblem(password, { email, name });
  if (problem) return { kind: "weak", problem };
  if (!(await mayBeCalled(pool, name))) return { kind: "name_taken" };

  const loginHash = hashLogin(hmacKey, email);
  const attempt = registrationAttempt(address);
  const admission = await admit(pool, attempt.counted);
  if (!admission.admitted) {
    await recordSecurityEvent(pool, { kind: "registration_throttled", loginHash, address });
    return { kind: "throttled", waitSeconds: admission.waitSeconds };
  }
  try {
    const login = await createCustomer(identity, { email, name, password });
    if (!login) {
      await recordSecurityEvent(pool, { kind: "registration_refused", loginHash, address, detail: { code: "taken" } });
      return { kind: "taken" };
    }
    await recordSecurityEvent(pool, { kind: "registered", actor: login, address });
    const device = await rememberDevice(identity, { ...login, headers });
    return { kind: "registered", setCookies: [...(await openSession(identity, login.userId, headers)), device] };
  } catch (error) {
    if (isGateFull(error)) {
      await forgive(pool, { cleared: [], returned: attempt.returned });
      return { kind: "busy" };
    }
    throw error;
  }
}
