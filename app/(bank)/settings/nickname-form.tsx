"use client";

import type { ReactNode } from "react";
import { SubmitButton } from "@/app/_components/submit-button";
import { CountedField } from "@/app/_forms/counted-field";
import { RestoredNotice } from "@/app/_forms/restored-notice";
import { SavedNotice } from "@/app/_forms/saved-notice";
import { isSaved, type SavingAction, savingIdle, savingUnknown } from "@/app/_forms/saved-state";
import { TroubleNotice } from "@/app/_forms/trouble-notice";
import { usePlainForm } from "@/app/_forms/use-plain-form";
import { NICKNAME_MAX } from "@/domain/text/bounds";

type Props = { action: SavingAction; formKey: string; accountId: string; nickname: string; label: string; children: ReactNode };

export function NicknameForm({ action, formKey, accountId, nickname, label, children }: Props) {
  const { state, trouble, pending, isEdited, restored, discard, form } = usePlainForm({
    action,
    idle: savingIdle,
    unknown: savingUnknown,
    formKey,
    isDone: isSaved,
  });
  return (
    <form {...form} className="grid gap-2">
      <TroubleNotice trouble={trouble} />
      <RestoredNotice restored={restored} onDiscard={discard} />
      <input type="hidden" name="accountId" value={accountId} />
      <CountedField
        id={`nickname-${accountId}`}
        name="nickname"
        label={label}
        hint={children}
        lengthMax={NICKNAME_MAX}
        autoComplete="off"
        placeholder="No name yet"
        defaultValue={state.kind === "invalid" ? state.typed.nickname : nickname}
        error={state.kind === "invalid" ? state.errors.nickname : undefined}
      />
      <div className="actions items-center">
        <SubmitButton variant="plain" pending="Saving…" isPending={pending}>
          Save name
        </SubmitButton>
        <SavedNotice state={state} isEdited={isEdited} />
      </div>
    </form>
  );
}
