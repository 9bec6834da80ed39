"use client";

import { Field } from "@/app/_components/field";
import { IdentityForm } from "../_forms/identity-form";
import type { IdentityAction } from "../_forms/identity-state";

export function ForgotPasswordForm({ action }: { action: IdentityAction }) {
  return (
    <IdentityForm
      action={action}
      button="Send a link"
      pending="Sending…"
      fields={(errors, typed) => (
        <Field
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={typed.email}
          error={errors.email}
        />
      )}
    />
  );
}
