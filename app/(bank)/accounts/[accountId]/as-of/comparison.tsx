import { Banner } from "@/app/_components/banner";
import type { AsOf } from "@/app/_server/as-of";
import { unreachable } from "@/domain/unreachable";

type Props = { answer: AsOf };

/** The same balance from the read model, which other code computes: equal, behind, or different. */
export function Comparison({ answer }: Props) {
  const compared = answer.entriesBalance;
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
      return null; // said by the notice that names the damaged side
    default:
      return unreachable(compared);
  }
}
