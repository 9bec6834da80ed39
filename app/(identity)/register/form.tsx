"use client";

import { CountedField } from "@/app/_forms/counted-field";
import { NAME_MAX } from "@/domain/text/bounds";
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
          <CountedField
            label="Name"
            name="name"
            autoComplete="name"
            required
            lengthMax={NAME_MAX}
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
