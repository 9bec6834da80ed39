"use server";

import { formFields } from "@/app/_forms/form-fields";
import { readForm } from "@/app/_forms/read-form";
import { requireSameOrigin } from "@/app/_server/origin";
import { requestLinkHere } from "@/app/_server/signing-in";
import { requestLinkInput } from "../_forms/identity-input";
import { type IdentityState, invalid } from "../_forms/identity-state";

/** Asks for a one-time link. The answer is the same whether the address is known or not. */
export async function requestLinkAction(_previous: IdentityState, form: FormData): Promise<IdentityState> {
  await requireSameOrigin();
  const typed = { email: formFields(form).email ?? "" };
  const read = readForm(requestLinkInput, form);
  if (!read.ok) return invalid(read.errors, typed);
  const outcome = await requestLinkHere(read.value.email);
  if (outcome.kind === "invalid") return invalid({ email: outcome.error }, typed);
  return {
    kind: "done",
    title: "Look into your mail",
    text: "If this address banks here, a link is on its way to it. It works once, for 30 minutes.",
  };
}
