"use server";

import { formFields } from "@/app/_forms/form-fields";
import { requireSameOrigin } from "@/app/_server/origin";
import { requestLinkHere } from "@/app/_server/signing-in";
import { type IdentityState, invalid } from "../_forms/identity-state";

/** Asks for a one-time link. The answer is the same whether the address is known or not. */
export async function requestLinkAction(_previous: IdentityState, form: FormData): Promise<IdentityState> {
  await requireSameOrigin();
  const { email = "" } = formFields(form);
  const outcome = await requestLinkHere(email);
  if (outcome.kind === "invalid") return invalid({ email: outcome.error }, { email });
  return {
    kind: "done",
    title: "Look into your mail",
    text: "If this address banks here, a link is on its way to it. It works once, for 30 minutes.",
  };
}
