"use server";

import { redirect } from "next/navigation";
import { readForm } from "@/app/_forms/read-form";
import { requireSameOrigin } from "@/app/_server/origin";
import { requireActor } from "@/app/_server/session";
import { changePasswordHere } from "@/app/_server/signing-in";
import { noteDone } from "@/app/_server/told-once";
import { passwordProblemText } from "@/app/_wording/password-problem";
import { changePasswordInput } from "../_forms/identity-input";
import { busy, type IdentityState, invalid, throttled } from "../_forms/identity-state";

/** Changes the password of the signed-in person and ends their other sessions. */
export async function changePasswordAction(_previous: IdentityState, form: FormData): Promise<IdentityState> {
  await requireSameOrigin();
  await requireActor();
  const read = readForm(changePasswordInput, form);
  if (!read.ok) return invalid(read.errors);
  const { currentPassword, newPassword } = read.value;
  if (currentPassword === "") return invalid({ currentPassword: "Write the password you have now." });
  const outcome = await changePasswordHere({ currentPassword, newPassword });
  if (outcome.kind === "weak") return invalid({ newPassword: passwordProblemText(outcome.problem) });
  if (outcome.kind === "wrong") return invalid({ currentPassword: "This is not the password you have now." });
  if (outcome.kind === "throttled") return throttled(outcome.waitSeconds);
  if (outcome.kind === "busy") return busy();
  await noteDone("password");
  redirect("/settings?after=password"); // this page would be made anew in this very request, under the cookie that just ended
}
