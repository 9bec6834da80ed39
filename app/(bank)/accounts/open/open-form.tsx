"use client";

import { Button } from "@/app/_components/button";
import { SelectField } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { CommandNotice } from "@/app/_forms/command-notice";
import type { CommandAction } from "@/app/_forms/command-state";
import { useCommandForm } from "@/app/_forms/use-command-form";
import type { CurrencyRow } from "@/domain/money/currency";

type Props = {
  action: CommandAction;
  commandId: string;
  currencies: readonly CurrencyRow[];
  /** For tellers: whom the account is for. A customer opens for himself. */
  holder: { id: string; name: string; number: string; email: string | null } | undefined;
};

const common = ["EUR", "USD", "GBP", "CHF", "JPY"];

export function OpenForm({ action, commandId: rendered, currencies, holder }: Props) {
  const { state, commandId, pending, formAction, onSubmit } = useCommandForm({
    action,
    commandId: rendered,
    formKey: holder ? `open-account/${holder.id}` : "open-account",
  });
  const typed = state.kind === "idle" ? {} : state.typed;
  const errors = state.kind === "invalid" ? state.errors : {};
  const nearby = currencies.filter(({ code }) => common.includes(code));
  return (
    <form action={formAction} onSubmit={onSubmit} className="sheet form-sheet" noValidate>
      <CommandNotice state={state} noun="account" />
      <input type="hidden" name="commandId" value={commandId} />
      {holder ? (
        <div>
          <input type="hidden" name="holder" value={holder.id} />
          <p className="field-label">For</p>
          <p>
            {holder.name} · <span className="mono">{holder.number}</span>
            {holder.email ? ` · ${holder.email}` : null}
          </p>
          <Link href="/accounts/open">Choose somebody else</Link>
          {errors.holder ? <p className="field-error">{errors.holder}</p> : null}
        </div>
      ) : null}
      <fieldset className="grid gap-1">
        <legend className="field-label mb-1">Kind</legend>
        <div className="choices">
          <Choice value="current" title="Current" text="For everyday money" chosen={typed.product !== "savings"} />
          <Choice value="savings" title="Savings" text="For money set aside" chosen={typed.product === "savings"} />
        </div>
      </fieldset>
      <SelectField
        label="Currency"
        name="currency"
        defaultValue={typed.currency ?? "EUR"}
        error={errors.currency}
        hint="It cannot be changed later."
      >
        <optgroup label="Often chosen">
          <CurrencyOptions rows={nearby} />
        </optgroup>
        <optgroup label="All">
          <CurrencyOptions rows={currencies.filter(({ code }) => !common.includes(code))} />
        </optgroup>
      </SelectField>
      <div className="actions">
        <Button type="submit" variant="primary" name="step" value="post" aria-disabled={pending}>
          {pending ? "Opening…" : "Open the account"}
        </Button>
        <Link href="/accounts" className="button button-quiet">
          Cancel
        </Link>
      </div>
    </form>
  );
}

function Choice(props: { value: string; title: string; text: string; chosen: boolean }) {
  return (
    <label className="choice">
      <input type="radio" name="product" value={props.value} defaultChecked={props.chosen} />
      <span>
        {props.title} <small>{props.text}</small>
      </span>
    </label>
  );
}

const CurrencyOptions = ({ rows }: { rows: readonly CurrencyRow[] }) =>
  rows.map(({ code, name }) => (
    <option key={code} value={code}>
      {code} · {name}
    </option>
  ));
