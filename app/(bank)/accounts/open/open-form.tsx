"use client";

import { Button } from "@/app/_components/button";
import { SelectField } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { CommandForm } from "@/app/_forms/command-form";
import type { CommandAction, Typed } from "@/app/_forms/command-state";
import type { CurrencyRow } from "@/domain/money/currency";

type Props = {
  action: CommandAction;
  commandId: string;
  /** Names the person and this form, for what is kept in the browser. */
  formKey: string;
  currencies: readonly CurrencyRow[];
  /** For tellers: whom the account is for. A customer opens for himself. */
  holder: { id: string; name: string; number: string; email: string | null } | undefined;
};

const common = ["EUR", "USD", "GBP", "CHF", "JPY"];

export function OpenForm({ action, commandId, formKey, ...choices }: Props) {
  return (
    <CommandForm action={action} commandId={commandId} formKey={formKey} noun="account" noValidate>
      {({ typed, errors, pending, discard }) => (
        <>
          <OpenFields {...choices} typed={typed} errors={errors} />
          <div className="actions">
            <Button type="submit" variant="primary" name="step" value="post" aria-disabled={pending}>
              {pending ? "Opening…" : "Open the account"}
            </Button>
            <Link href="/accounts" className="button button-quiet" onClick={discard}>
              Cancel
            </Link>
          </div>
        </>
      )}
    </CommandForm>
  );
}

type FieldsProps = Pick<Props, "currencies" | "holder"> & { typed: Typed; errors: Readonly<Record<string, string>> };

function OpenFields({ currencies, holder, typed, errors }: FieldsProps) {
  const nearby = currencies.filter(({ code }) => common.includes(code));
  return (
    <>
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
    </>
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
