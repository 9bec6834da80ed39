import { Banner } from "@/app/_components/banner";
import { formatMoney } from "@/app/_components/money/format-money";
import type { AsOf } from "@/app/_server/as-of";
import type { NumberFormat } from "@/domain/money/number-format";
import { unreachable } from "@/domain/unreachable";

type Props = { answer: AsOf; currency: string; exponent: number; format: NumberFormat };

/** The same balance from the read model, which other code computes: equal, behind, or different. */
export function Comparison({ answer, currency, exponent, format }: Props) {
  const compared = answer.entriesBalance;
  const write = (minorUnits: bigint) => formatMoney({ minorUnits, currency, exponent }, format);
  switch (compared.kind) {
    case "equal":
      return (
        <Banner tone="credit" title="Checked twice">
          <p>The events, added up anew, and the list of entries, kept by other code, give the same balance.</p>
        </Banner>
      );
    case "behind":
      return (
        <Banner tone="info" title="Checked once so far">
          <p>
            The balance is from the events themselves. The list of entries cannot confirm it yet: read model still at{" "}
            {compared.position.toString()}.
          </p>
        </Banner>
      );
    case "held":
      return (
        <Banner tone="warn" title="Checked once so far">
          <p>
            The balance is from the events themselves. The list of entries cannot confirm it: it is held at event{" "}
            {compared.version} of this account, and later ones wait.
          </p>
        </Banner>
      );
    case "different":
      return (
        <Banner tone="debit" title="The list of entries disagrees">
          <p>
            The events give {write(compared.folded)}; the list of entries says{" "}
            {compared.entries === null ? "nothing" : write(compared.entries)}. The events are the truth. The difference has been
            logged for the bank’s operators.
          </p>
        </Banner>
      );
    default:
      return unreachable(compared);
  }
}
