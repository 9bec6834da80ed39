"use client";

import { CurrentPasswordField, EmailField } from "../_forms/identity-fields";
import { IdentityForm } from "../_forms/identity-form";
import type { IdentityAction } from "../_forms/identity-state";

export function SignInForm({ action, returnTo }: { action: IdentityAction; returnTo: string }) {
  return (
    <IdentityForm
      action={action}
      button="Sign in"
      unknown="It is not known whether you were signed in. Sign in again: that does no harm."
      pending="Signing in…"
      fields={(errors, typed) => (
        <>
          <input type="hidden" name="returnTo" value={returnTo} />
          <EmailField typed={typed.email} error={errors.email} />
          <CurrentPasswordField label="Password" name="password" error={errors.password} />
        </>
      )}
    />
  );
}
