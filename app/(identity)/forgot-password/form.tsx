"use client";

import { EmailField } from "../_forms/identity-fields";
import { IdentityForm } from "../_forms/identity-form";
import type { IdentityAction } from "../_forms/identity-state";

export function ForgotPasswordForm({ action }: { action: IdentityAction }) {
  return (
    <IdentityForm
      action={action}
      button="Send a link"
      unknown="It is not known whether a link is on its way. Look into your mail, and ask again if there is none."
      pending="Sending…"
      fields={(errors, typed) => <EmailField typed={typed.email} error={errors.email} />}
    />
  );
}
