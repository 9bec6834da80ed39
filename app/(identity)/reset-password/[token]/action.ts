"use server";

import { redirect } from "next/navigation";
import { readForm } from "@/app/_forms/read-form";
import { requireSameOrigin } from "@/app/_server/origin";
import { resetPasswordHere } from "@/app/_server/signing-in";
import { noteDone } from "@/app/_server/told-once";
import { passwordProblemText } from "@/app/_wording/password-problem";
import { resetPasswordInput } from "../../_forms/identity-input";
import { busy, type IdentityState, invalid, refused } from "../../_forms/identity-state";

/** Sets a password by a one-time link. A password that is refused does not spend the link. */
export async function resetPasswordAction(_previous: IdentityState, form: FormData): Promise<IdentityState> {
  await requireSameOrigin();
  const read = readForm(resetPasswordInput, form);
  if (!read.ok) return invalid(read.errors);
  const outcome = await resetPasswordHere(read.value);
  if (outcome.kind === "weak") return invalid({ password: passwordProblemText(outcome.problem) });
  if (outcome.kind === "link_spent") return refused("This link has been used or has run out", "Ask for another one.");
  if (outcome.kind === "busy") return busy();
  await noteDone("reset");
  redirect("/sign-in?after=reset");
}
