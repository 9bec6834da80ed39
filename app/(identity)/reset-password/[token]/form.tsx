"use client";

import { Field } from "@/app/_components/field";
import { IdentityForm } from "../../_forms/identity-form";
import type { IdentityAction } from "../../_forms/identity-state";

export function ResetPasswordForm({ action, token, email }: { action: IdentityAction; token: string; email: string }) {
  return (
    <IdentityForm
      action={action}
      button="Set the password"
      pending="Setting…"
      fields={(errors) => (
        <>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <Field
            label="New password"
            name="password"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            hint="At least 12 characters. Several words that do not belong together are easy to remember."
            error={errors.password}
          />
        </>
      )}
    />
  );
}
