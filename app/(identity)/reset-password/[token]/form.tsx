"use client";

import { NewPasswordField } from "../../_forms/identity-fields";
import { IdentityForm } from "../../_forms/identity-form";
import type { IdentityAction } from "../../_forms/identity-state";

export function ResetPasswordForm({ action, token, email }: { action: IdentityAction; token: string; email: string }) {
  return (
    <IdentityForm
      action={action}
      button="Set the password"
      unknown="It is not known whether the new password holds. Try to sign in with it; if that fails, open the link again."
      pending="Setting…"
      fields={(errors) => (
        <>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <NewPasswordField label="New password" name="password" error={errors.password} />
        </>
      )}
    />
  );
}
