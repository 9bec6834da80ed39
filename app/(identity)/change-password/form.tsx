"use client";

import { Field } from "@/app/_components/field";
import { IdentityForm } from "../_forms/identity-form";
import type { IdentityAction } from "../_forms/identity-state";

export function ChangePasswordForm({ action }: { action: IdentityAction }) {
  return (
    <IdentityForm
      action={action}
      button="Change the password"
      pending="Changing…"
      fields={(errors) => (
        <>
          <Field
            label="The password you have now"
            name="currentPassword"
            type="password"
            autoComplete="current-password"
            required
            error={errors.currentPassword}
          />
          <Field
            label="New password"
            name="newPassword"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            hint="At least 12 characters. Several words that do not belong together are easy to remember."
            error={errors.newPassword}
          />
        </>
      )}
    />
  );
}
