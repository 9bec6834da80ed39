"use client";

import type { Currency } from "@/domain/money/currency";
import type { NumberFormat } from "@/domain/money/number-format";
import { formatMoney } from "../_components/money/format-money";
import { readAmount } from "../_components/money/read-amount";

export type AmountFieldProps = {
  currency: Currency;
  exponent: number;
  format: NumberFormat;
  defaultValue: string;
  error: string | undefined;
  /** The amount as it is understood while typing; undefined while it is not. Told to the submit button. */
  onRead: (text: string | undefined) => void;
};

/** The amount of a money form: read in the person's declared format only, by the same parser that the bank uses. */
export function AmountField({ currency, exponent, format, defaultValue, error, onRead }: AmountFieldProps) {
  const sample = exponent === 0 ? format.slice(0, -3) : exponent === 3 ? `${format}7` : format;
  return (
    <div className="field">
      <label className="field-label" htmlFor="amount">
        Amount in {currency}
      </label>
      <div className="amount-box">
        <span className="amount-code" aria-hidden="true">
          {currency}
        </span>
        <input
          id="amount"
          name="amount"
          className="input input-amount"
          inputMode="decimal"
          autoComplete="off"
          required
          defaultValue={defaultValue}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? "amount-error amount-hint" : "amount-hint"}
          onInput={(event) => {
            const read = readAmount(event.currentTarget.value, { currency, exponent }, format);
            onRead(read.ok ? formatMoney({ ...read.value, exponent }, format) : undefined);
          }}
        />
      </div>
      {error ? (
        <p className="field-error" id="amount-error" role="alert">
          {error}
        </p>
      ) : null}
      <p className="field-hint" id="amount-hint">
        Written like <span className="money">{sample}</span>, as in your settings.
      </p>
    </div>
  );
}
