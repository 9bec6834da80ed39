"use client";

import { Field } from "@/app/_components/field";
import { EmailField, NewPasswordField } from "../_forms/identity-fields";
import { IdentityForm } from "../_forms/identity-form";
import type { IdentityAction } from "../_forms/identity-state";

export function RegisterForm({ action }: { action: IdentityAction }) {
  return (
    <IdentityForm
      action={action}
      button="Become a customer"
      unknown="It is not known whether you were registered. Try to sign in first; if that fails, register again."
      pending="Registering…"
      fields={(errors, typed) => (
        <>
          <Field
            label="Name"
            name="name"
            autoComplete="name"
            required
            maxLength={80}
            defaultValue={typed.name}
            error={errors.name}
          />
          <EmailField typed={typed.email} error={errors.email} />
          <NewPasswordField label="Password" name="password" error={errors.password} />
        </>
      )}
    />
  );
}
