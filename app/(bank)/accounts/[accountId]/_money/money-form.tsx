"use client";

import { useState } from "react";
import { Button } from "@/app/_components/button";
import { Field, SelectField } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { AmountField } from "@/app/_forms/amount-field";
import { CommandNotice } from "@/app/_forms/command-notice";
import type { CommandAction } from "@/app/_forms/command-state";
import { useCommandForm } from "@/app/_forms/use-command-form";
import { depositSourceName } from "@/app/_wording/deposit-source";
import { depositSources } from "@/domain/account/deposit-source";
import type { Currency } from "@/domain/money/currency";
import type { NumberFormat } from "@/domain/money/number-format";
import { ReviewRows } from "./review-rows";

export type MoneyFormProps = {
  action: CommandAction;
  /** Made when the page was rendered; a resent form is recognised by it. */
  commandId: string;
  accountId: string;
  currency: Currency;
  exponent: number;
  format: NumberFormat;
  words: { verb: "Deposit" | "Withdraw"; noun: "deposit" | "withdrawal" };
  /** Withdrawals are shown once more, with the balance before and after, before they are booked. */
  reviewFirst: boolean;
};

/** Deposit and withdrawal. Nothing is shown as booked before the bank has said so. */
export function MoneyForm(props: MoneyFormProps) {
  const { words, reviewFirst, accountId } = props;
  const { state, commandId, pending, formAction, onSubmit } = useCommandForm({
    action: props.action,
    commandId: props.commandId,
    formKey: `${accountId}/${words.noun}`,
  });
  const typed = state.kind === "idle" ? {} : state.typed;
  const errors = state.kind === "invalid" ? state.errors : {};
  const reviewing = state.kind === "review";
  const [read, setRead] = useState<string>();
  const label = reviewFirst ? "Review withdrawal" : `${words.verb}${read === undefined ? "" : ` ${read}`}`;

  return (
    <form action={formAction} onSubmit={onSubmit} className="sheet form-sheet" noValidate>
      <CommandNotice state={state} noun={words.noun} />
      <input type="hidden" name="commandId" value={commandId} />
      <input type="hidden" name="accountId" value={accountId} />
      <input type="hidden" name="format" value={props.format} />
      {reviewing ? (
        <ReviewRows state={state} />
      ) : (
        <>
          <AmountField
            currency={props.currency}
            exponent={props.exponent}
            format={props.format}
            defaultValue={typed.amount ?? ""}
            error={errors.amount}
            onRead={setRead}
          />
          <Field
            label="Description"
            name="description"
            optional
            maxLength={280}
            defaultValue={typed.description ?? ""}
            error={errors.description}
            hint="Up to 140 characters, kept encrypted."
            autoComplete="off"
          />
          {words.noun === "deposit" ? (
            <SelectField label="How it came" name="source" optional defaultValue={typed.source ?? ""}>
              <option value="">Not said</option>
              {depositSources.map((source) => (
                <option key={source} value={source}>
                  {depositSourceName(source)}
                </option>
              ))}
            </SelectField>
          ) : null}
        </>
      )}
      <div className="actions">
        <Button
          type="submit"
          variant="primary"
          name="step"
          value={reviewFirst && !reviewing ? "review" : "post"}
          aria-disabled={pending}
        >
          {pending ? (reviewFirst && !reviewing ? "Checking…" : "Posting…") : reviewing ? state.button : label}
        </Button>
        {reviewing ? (
          <Button type="submit" name="step" value="edit" aria-disabled={pending}>
            Change
          </Button>
        ) : (
          <Link href={`/accounts/${accountId}`} className="button button-quiet">
            Cancel
          </Link>
        )}
      </div>
    </form>
  );
}
