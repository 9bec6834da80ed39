"use client";

import { SelectField } from "@/app/_components/field";
import { SubmitButton } from "@/app/_components/submit-button";
import type { Theme } from "@/app/_components/theme";
import { CountedField } from "@/app/_forms/counted-field";
import { RestoredNotice } from "@/app/_forms/restored-notice";
import { SavedNotice } from "@/app/_forms/saved-notice";
import { isSaved, type SavingAction, savingIdle, savingUnknown } from "@/app/_forms/saved-state";
import { TroubleNotice } from "@/app/_forms/trouble-notice";
import { usePlainForm } from "@/app/_forms/use-plain-form";
import { type NumberFormat, numberFormats } from "@/domain/money/number-format";
import { NAME_MAX } from "@/domain/text/bounds";

type Props = {
  action: SavingAction;
  /** Names the person and this form, for what is kept in the browser. */
  formKey: string;
  current: { name: string; zone: string | null; format: NumberFormat | null; theme: Theme; singleKeys: boolean };
  bankZone: string;
  languageFormat: NumberFormat;
  zones: readonly string[];
};

const themeChoices: readonly (readonly [Theme, string])[] = [
  ["system", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

export function SettingsForm({ action, formKey, current, bankZone, languageFormat, zones }: Props) {
  const { state, trouble, pending, isEdited, restored, discard, form } = usePlainForm({
    action,
    idle: savingIdle,
    unknown: savingUnknown,
    formKey,
    isDone: isSaved,
  });
  const errors = state.kind === "invalid" ? state.errors : {};
  const typed = state.kind === "invalid" ? state.typed : {};
  return (
    <form {...form} className="sheet form-sheet">
      <TroubleNotice trouble={trouble} />
      <RestoredNotice restored={restored} onDiscard={discard} />
      <CountedField
        label="Name"
        lengthMax={NAME_MAX}
        name="name"
        defaultValue={typed.name ?? current.name}
        error={errors.name}
        autoComplete="name"
        required
      />
      <SelectField
        label="Time zone"
        name="zone"
        defaultValue={typed.zone ?? current.zone ?? ""}
        error={errors.zone}
        hint="Every date on screen is shown in it and names it."
      >
        <option value="">The bank’s: {bankZone}</option>
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
      <SelectField
        label="Numbers"
        name="numberFormat"
        defaultValue={typed.numberFormat ?? current.format ?? ""}
        error={errors.numberFormat}
        hint="How amounts are shown, and how those you type are read."
      >
        <option value="">As your browser’s language: {languageFormat}</option>
        {numberFormats.map((format) => (
          <option key={format}>{format}</option>
        ))}
      </SelectField>
      <fieldset className="grid gap-1">
        <legend className="field-label mb-1">Theme</legend>
        <div className="choices choices-small">
          {themeChoices.map(([value, text]) => (
            <label key={value} className="choice">
              <input type="radio" name="theme" value={value} defaultChecked={(typed.theme ?? current.theme) === value} />
              <span>{text}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <label className="flex items-start gap-2">
        <input type="checkbox" name="singleKeyShortcuts" defaultChecked={current.singleKeys} className="mt-1.5 size-4" />
        <span>
          Single-key shortcuts <small className="field-hint block">Press ? on a page for the list.</small>
        </span>
      </label>
      <div className="actions items-center">
        <SubmitButton pending="Saving…" isPending={pending}>
          Save
        </SubmitButton>
        <SavedNotice state={state} isEdited={isEdited} />
      </div>
    </form>
  );
}
