"use client";

import { Field } from "@/app/_components/field";
import { IdentityForm } from "../_forms/identity-form";
import type { IdentityAction } from "../_forms/identity-state";

export function RegisterForm({ action }: { action: IdentityAction }) {
  return (
    <IdentityForm
      action={action}
      button="Become a customer"
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
