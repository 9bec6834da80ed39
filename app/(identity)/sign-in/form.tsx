"use client";

import { Field } from "@/app/_components/field";
import { IdentityForm } from "../_forms/identity-form";
import type { IdentityAction } from "../_forms/identity-state";

export function SignInForm({ action, returnTo }: { action: IdentityAction; returnTo: string }) {
  return (
    <IdentityForm
      action={action}
      button="Sign in"
      pending="Signing in…"
      fields={(errors, typed) => (
        <>
          <input type="hidden" name="returnTo" value={returnTo} />
          <Field
            label="E-mail address"
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={typed.email}
            error={errors.email}
          />
          <Field
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            error={errors.password}
          />
        </>
      )}
    />
  );
}
