import { after } from "next/server";
import { demoPeople } from "@/infra/demo/people";
import { changePassword } from "@/infra/identity/change-password";
import { type DemoLogin, demoSignIn } from "@/infra/identity/demo-sign-in";
import { identity } from "@/infra/identity/identity";
import { ownerOfLink } from "@/infra/identity/one-time-link";
import { passwordProblem } from "@/infra/identity/password-rules";
import { emailInput, register, registrationInput } from "@/infra/identity/register";
import { resetPassword, sendResetLink } from "@/infra/identity/reset-password";
import { signIn, signOut } from "@/infra/identity/sign-in";
import { fieldErrors } from "../_forms/read-form";
import { bookIsDemo } from "./book";
import { requestFacts } from "./request-facts";
import { currentActor, requireSession } from "./session";
import { setCookies } from "./set-cookies";

/** Signs the browser in. What is no e-mail address is answered like an unknown one. */
export async function signInHere(typed: { email: string; password: string }) {
  const outcome = await signIn(identity(), { ...typed, ...(await requestFacts()) });
  if (outcome.kind === "signed_in") await setCookies(outcome.setCookies);
  return outcome;
}

/** Makes a customer and signs the browser in. */
export async function registerHere(typed: Readonly<Record<string, string>>) {
  const { name = "", email = "", password = "" } = typed;
  const input = registrationInput.safeParse({ name, email, password });
  if (!input.success) {
    return {
      kind: "invalid" as const,
      errors: fieldErrors(input.error.issues),
      problem: passwordProblem(password, { email, name }),
    };
  }
  const outcome = await register(identity(), { ...input.data, ...(await requestFacts()) });
  if (outcome.kind === "registered") await setCookies(outcome.setCookies);
  return outcome;
}

/** Signs the browser in as a demo person: refused unless the book itself says that it is a demo. */
export async function demoSignInHere(email: string): Promise<boolean> {
  const cookies = await demoSignIn(identity(), {
    email,
    logins: demoPeople,
    isDemo: await bookIsDemo(),
    ...(await requestFacts()),
  });
  if (cookies) await setCookies(cookies);
  return cookies !== undefined;
}

/** The people whom anybody may be with one click; none but on a demo book. */
export async function demoLogins(): Promise<readonly DemoLogin[]> {
  return (await bookIsDemo()) ? demoPeople : [];
}

export async function signOutHere(): Promise<void> {
  const actor = await currentActor();
  const { headers } = await requestFacts();
  await setCookies(await signOut(identity(), headers, actor?.userId));
}

/** Takes a request for a link. Everything that depends on whether the login exists happens after the answer. */
export async function requestLinkHere(typed: string): Promise<{ kind: "sent" } | { kind: "invalid"; error: string }> {
  const email = emailInput.safeParse(typed);
  if (!email.success) return { kind: "invalid", error: email.error.issues[0]?.message ?? "" };
  const { address } = await requestFacts();
  after(() => sendResetLink(identity(), { email: email.data, address }));
  return { kind: "sent" };
}

/** Whether a one-time link can still be used, and for whom. Looking does not spend it. */
export async function linkOwnerHere(token: string): Promise<{ email: string; isStaff: boolean } | undefined> {
  const login = await ownerOfLink(identity(), token);
  return login && { email: login.email, isStaff: login.role !== "customer" };
}

export async function resetPasswordHere(typed: { token: string; password: string }) {
  const outcome = await resetPassword(identity(), { ...typed, ...(await requestFacts()) });
  if (outcome.kind === "done") await setCookies(outcome.setCookies);
  return outcome;
}

export async function changePasswordHere(typed: { currentPassword: string; newPassword: string }) {
  const { actor, sessionId } = await requireSession();
  const outcome = await changePassword(identity(), { ...typed, userId: actor.userId, sessionId, ...(await requestFacts()) });
  if (outcome.kind === "changed") await setCookies(outcome.setCookies);
  return outcome;
}
