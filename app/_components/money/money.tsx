import type { NumberFormat } from "@/domain/money/number-format";
import { type Amount, formatMoney } from "./format-money";

type MoneyProps = { amount: Amount; format: NumberFormat; unit?: "symbol" | "code" | "none"; className?: string };

/** An amount as it stands: tabular figures, and the currency code where currencies mix. */
export function Money({ amount, format, unit = "symbol", className }: MoneyProps) {
  return (
    <span className={["money", className ?? ""].join(" ").trim()}>
      {formatMoney(amount, format, { unit: unit === "code" ? "none" : unit })}
      {unit === "code" ? <span className="money-code">{amount.currency}</span> : null}
    </span>
  );
}

/** An amount that came or went: signed and spoken as a word; what came is coloured, since an ordinary month is no alarm. */
export function SignedMoney({ amount, format, unit = "none" }: MoneyProps) {
  const came = amount.minorUnits > 0n;
  return (
    <span className={came ? "money money-credit" : "money"}>
      <span className="sr-only">{came ? "deposit of " : "withdrawal of "}</span>
      <span aria-hidden="true">{formatMoney(amount, format, { unit, signed: true })}</span>
      <span className="sr-only">{formatMoney(magnitude(amount), format)}</span>
    </span>
  );
}

const magnitude = (amount: Amount): Amount => ({
  ...amount,
  minorUnits: amount.minorUnits < 0n ? -amount.minorUnits : amount.minorUnits,
});
