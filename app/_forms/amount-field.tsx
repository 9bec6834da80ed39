"use client";

import { useEffect } from "react";
import type { Currency } from "@/domain/money/currency";
import type { NumberFormat } from "@/domain/money/number-format";
import type { AmountOffer } from "@/domain/money/parse-amount";
import { Button } from "../_components/button";
import { formatMoney } from "../_components/money/format-money";
import { readAmount } from "../_components/money/read-amount";
import { chosenAmount } from "./chosen-amount";

export type AmountFieldProps = {
  currency: Currency;
  exponent: number;
  format: NumberFormat;
  defaultValue: string;
  error: string | undefined;
  /** What to write instead, each with a button. */
  offer: AmountOffer | undefined;
  /** The amount as it is understood while typing; undefined while it is not. Told to the submit button. */
  onRead: (text: string | undefined) => void;
};

/** The amount of a money form: read in the person's declared format only, by the same parser that the bank uses. */
export function AmountField({ currency, exponent, format, defaultValue, error, offer, onRead }: AmountFieldProps) {
  const sample = exponent === 0 ? format.slice(0, -3) : exponent === 3 ? `${format}7` : format;
  const tell = (text: string) => {
    const read = readAmount(text, { currency, exponent }, format);
    onRead(read.ok ? formatMoney({ ...read.value, exponent }, format) : undefined);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in the field when it is shown, once
  useEffect(() => tell(defaultValue), []);
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
          onInput={(event) => tell(event.currentTarget.value)}
        />
      </div>
      {error ? (
        <p className="field-error" id="amount-error" role="alert">
          {error}
        </p>
      ) : null}
      {offer ? <Offers offer={offer} format={format} /> : null}
      <p className="field-hint" id="amount-hint">
        Written like <span className="money">{sample}</span>, as in your settings.
      </p>
    </div>
  );
}

/** The amount in the person's own format; or the other format, which is theirs from then on. Nothing is booked by it. */
function Offers({ offer: { write, other }, format }: { offer: AmountOffer; format: NumberFormat }) {
  return (
    <div className="actions">
      {write.map((amount) => (
        <Button key={amount} type="submit" name="use" value={chosenAmount(format, amount)} small>
          Write {amount}
        </Button>
      ))}
      {other ? (
        <Button type="submit" name="use" value={chosenAmount(other.format, other.write)} small>
          I write {other.format}
        </Button>
      ) : null}
    </div>
  );
}
