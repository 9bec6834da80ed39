"use client";

import { CurrentPasswordField, NewPasswordField } from "../_forms/identity-fields";
import { IdentityForm } from "../_forms/identity-form";
import type { IdentityAction } from "../_forms/identity-state";

export function ChangePasswordForm({ action }: { action: IdentityAction }) {
  return (
    <IdentityForm
      action={action}
      button="Change the password"
      unknown="It is not known which password holds now. Try the new one first where you are asked for yours."
      pending="Changing…"
      fields={(errors) => (
        <>
          <CurrentPasswordField label="The password you have now" name="currentPassword" error={errors.currentPassword} />
          <NewPasswordField label="New password" name="newPassword" error={errors.newPassword} />
        </>
      )}
    />
  );
}
