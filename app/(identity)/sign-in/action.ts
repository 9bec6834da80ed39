"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { formFields } from "@/app/_forms/form-fields";
import { readForm } from "@/app/_forms/read-form";
import { requireSameOrigin } from "@/app/_server/origin";
import { ownPath } from "@/app/_server/return-to";
import { demoSignInHere, signInHere } from "@/app/_server/signing-in";
import { demoSignInInput, signInInput } from "../_forms/identity-input";
import { busy, type IdentityState, invalid, refused, throttled } from "../_forms/identity-state";

/** Signs in with e-mail and password. */
export async function signInAction(_previous: IdentityState, form: FormData): Promise<IdentityState> {
  await requireSameOrigin();
  const read = readForm(signInInput, form);
  if (!read.ok) return invalid(read.errors, { email: formFields(form).email ?? "" });
  const { email, password, returnTo } = read.value;
  if (email.trim() === "") return invalid({ email: "Write your e-mail address." });
  if (password === "") return invalid({ password: "Write your password." }, { email });

  const outcome = await signInHere({ email, password });
  if (outcome.kind === "throttled") return throttled(outcome.waitSeconds, { email });
  if (outcome.kind === "busy") return busy({ email });
  if (outcome.kind === "wrong")
    return refused("That did not sign you in", "The e-mail address and the password do not go together. Check both.", { email });
  redirect(ownPath(returnTo) as Route);
}

/** Signs in as a demo person with one click. */
export async function demoSignInAction(form: FormData): Promise<void> {
  await requireSameOrigin();
  const read = readForm(demoSignInInput, form);
  const isIn = read.ok && (await demoSignInHere(read.value.email));
  redirect((isIn ? ownPath(read.value.returnTo) : "/sign-in") as Route);
}
