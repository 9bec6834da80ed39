"use server";

import { redirect } from "next/navigation";
import { formFields } from "@/app/_forms/form-fields";
import { requireSameOrigin } from "@/app/_server/origin";
import { registerHere } from "@/app/_server/signing-in";
import { nameTakenText } from "@/app/_wording/name-problem";
import { passwordProblemText } from "@/app/_wording/password-problem";
import { busy, type IdentityState, invalid, throttled } from "../_forms/identity-state";

/** Makes a customer and signs them in. */
export async function registerAction(_previous: IdentityState, form: FormData): Promise<IdentityState> {
  await requireSameOrigin();
  const { password = "", ...typed } = formFields(form);
  const outcome = await registerHere({ ...typed, password });
  if (outcome.kind === "invalid") return invalid({ ...outcome.errors, ...passwordError(outcome.problem) }, typed);
  if (outcome.kind === "weak") return invalid(passwordError(outcome.problem), typed);
  if (outcome.kind === "taken")
    return invalid({ email: "This address cannot be registered. If it is yours, sign in or ask for a new password." }, typed);
  if (outcome.kind === "name_taken") return invalid({ name: nameTakenText }, typed);
  if (outcome.kind === "throttled") return throttled(outcome.waitSeconds, typed);
  if (outcome.kind === "busy") return busy(typed);
  redirect("/accounts");
}

const passwordError = (problem: Parameters<typeof passwordProblemText>[0] | undefined) =>
  problem ? { password: passwordProblemText(problem) } : {};
