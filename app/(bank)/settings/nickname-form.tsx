"use client";

import { type ReactNode, useActionState } from "react";
import { Field } from "@/app/_components/field";
import { SubmitButton } from "@/app/_components/submit-button";
import { SavedNotice } from "@/app/_forms/saved-notice";
import type { SavingAction } from "@/app/_forms/saved-state";

type Props = { action: SavingAction; accountId: string; nickname: string; label: string; children: ReactNode };

export function NicknameForm({ action, accountId, nickname, label, children }: Props) {
  const [state, formAction] = useActionState(action, { kind: "idle" });
  return (
    <form action={formAction} className="grid gap-2">
      <input type="hidden" name="accountId" value={accountId} />
      <Field
        id={`nickname-${accountId}`}
        name="nickname"
        label={label}
        hint={children}
        maxLength={80}
        autoComplete="off"
        placeholder="No name yet"
        defaultValue={state.kind === "invalid" ? state.typed.nickname : nickname}
        error={state.kind === "invalid" ? state.errors.nickname : undefined}
      />
      <div className="actions items-center">
        <SubmitButton variant="plain" pending="Saving…">
          Save name
        </SubmitButton>
        <SavedNotice state={state} />
      </div>
    </form>
  );
}
