"use client";

import { useState } from "react";
import { Button } from "@/app/_components/button";
import { SelectField } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { AmountField } from "@/app/_forms/amount-field";
import { CommandForm } from "@/app/_forms/command-form";
import type { CommandAction, CommandState, Typed } from "@/app/_forms/command-state";
import { CountedField } from "@/app/_forms/counted-field";
import { depositSourceName } from "@/app/_wording/deposit-source";
import { depositSources } from "@/domain/account/deposit-source";
import type { Currency } from "@/domain/money/currency";
import { type NumberFormat, numberFormats } from "@/domain/money/number-format";
import type { AmountOffer } from "@/domain/money/parse-amount";
import { PERSONAL_TEXT_MAX } from "@/domain/personal-text";
import { ReviewRows } from "./review-rows";

export type MoneyFormProps = {
  action: CommandAction;
  /** Made when the page was rendered; a resent form is recognised by it. */
  commandId: string;
  /** Names the person and this form, for what is kept in the browser. */
  formKey: string;
  accountId: string;
  currency: Currency;
  exponent: number;
  format: NumberFormat;
  words: { verb: "Deposit" | "Withdraw"; noun: "deposit" | "withdrawal" };
  /** Withdrawals are shown once more, with the balance before and after, before they are booked. */
  reviewFirst: boolean;
};

/** Deposit and withdrawal. */
export function MoneyForm(props: MoneyFormProps) {
  const { action, commandId, formKey, words, reviewFirst, accountId } = props;
  const [read, setRead] = useState<string>();
  const label = reviewFirst ? "Review withdrawal" : `${words.verb}${read === undefined ? "" : ` ${read}`}`;
  return (
    <CommandForm
      action={action}
      commandId={commandId}
      formKey={formKey}
      noun={words.noun}
      noValidate
      hidden={(typed) => ({ accountId, format: formatOf(props, typed) })}
    >
      {({ state, typed, errors, pending, discard }) => (
        <>
          {state.kind === "review" ? (
            <ReviewRows state={state} />
          ) : (
            <MoneyFields
              {...props}
              format={formatOf(props, typed)}
              typed={typed}
              errors={errors}
              offer={state.kind === "invalid" ? state.offer : undefined}
              onRead={setRead}
            />
          )}
          <div className="actions">
            <Button
              type="submit"
              variant="primary"
              name="step"
              value={reviewFirst && state.kind !== "review" ? "review" : "post"}
              aria-disabled={pending}
            >
              {pending ? pendingWord(props, state) : state.kind === "review" ? state.button : label}
            </Button>
            {state.kind === "review" ? (
              <Button type="submit" name="step" value="edit" aria-disabled={pending}>
                Change
              </Button>
            ) : (
              <Link href={`/accounts/${accountId}`} className="button button-quiet" onClick={discard}>
                Cancel
              </Link>
            )}
          </div>
        </>
      )}
    </CommandForm>
  );
}

/** The one that was chosen in this very form, else the person's. */
const formatOf = ({ format }: MoneyFormProps, typed: Typed): NumberFormat =>
  numberFormats.find((known) => known === typed.format) ?? format;

const pendingWord = ({ reviewFirst }: MoneyFormProps, state: CommandState) =>
  reviewFirst && state.kind !== "review" ? "Checking…" : "Posting…";

type FieldsProps = MoneyFormProps & {
  typed: Typed;
  errors: Readonly<Record<string, string>>;
  offer: AmountOffer | undefined;
  onRead: (text: string | undefined) => void;
};

function MoneyFields({ currency, exponent, format, words, reviewFirst, typed, errors, offer, onRead }: FieldsProps) {
  return (
    <>
      {offer ? <EnterSends value={reviewFirst ? "review" : "post"} /> : null}
      <AmountField
        key={`${format} ${typed.amount ?? ""}`} // a field that somebody typed in takes no other default
        currency={currency}
        exponent={exponent}
        format={format}
        defaultValue={typed.amount ?? ""}
        error={errors.amount}
        offer={offer}
        onRead={onRead}
      />
      <CountedField
        label="Description"
        name="description"
        optional
        defaultValue={typed.description ?? ""}
        error={errors.description}
        lengthMax={PERSONAL_TEXT_MAX}
        hint="Kept encrypted."
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
  );
}

/** Enter presses the first button of a form. That is to be this one, and not what the amount's field offers. */
const EnterSends = ({ value }: { value: "review" | "post" }) => (
  <button type="submit" name="step" value={value} tabIndex={-1} aria-hidden="true" className="sr-only" />
);
