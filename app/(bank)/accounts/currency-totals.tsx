import { Money } from "@/app/_components/money/money";
import type { CurrencyTotal } from "@/app/_server/accounts";
import { nameOf } from "@/domain/money/currency";
import type { NumberFormat } from "@/domain/money/number-format";

/** One sum a currency, ruled off as a bookkeeper would; there is no sum across currencies. */
export function CurrencyTotals({ totals, format }: { totals: readonly CurrencyTotal[]; format: NumberFormat }) {
  return (
    <dl className="totals mb-6" aria-label="Totals by currency">
      {totals.map((total) => (
        <div key={total.currency}>
          <dt>
            {nameOf(total.currency)} · {total.accounts} {total.accounts === 1n ? "account" : "accounts"}
          </dt>
          <dd>
            <Money
              className="sum"
              amount={{ minorUnits: total.balance, currency: total.currency, exponent: total.exponent }}
              format={format}
              unit="code"
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}
