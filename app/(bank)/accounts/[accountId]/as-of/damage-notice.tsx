import type { ReactNode } from "react";
import { Banner } from "@/app/_components/banner";
import { formatMoney } from "@/app/_components/money/format-money";
import type { AccountView } from "@/app/_server/account";
import type { AsOf } from "@/app/_server/as-of";
import type { Viewer } from "@/app/_server/viewer";
import { unreachable } from "@/domain/unreachable";

type Props = { damage: NonNullable<AsOf["damage"]>; answer: AsOf; account: AccountView; viewer: Viewer };

/** Names the side that was altered. Only what was checked is called right. */
export function DamageNotice({ damage, answer, account: { currency, exponent }, viewer }: Props) {
  const write = (minorUnits: bigint) => formatMoney({ minorUnits, currency, exponent }, viewer.format);
  const compared = answer.entriesBalance;
  const found = compared.kind === "different" ? compared.entries : null;
  const entries = found === null ? "nothing" : found === "unreadable" ? "what cannot be read" : write(found);
  switch (damage.kind) {
    case "event":
      return (
        <Notice title={`Event ${damage.version} is damaged`}>
          {damage.what === "is under review"
            ? "The bank found something wrong with it. "
            : "It is not what was recorded: its hash does not fit. "}
          No balance that stands on it can be given.
        </Notice>
      );
    case "read_model":
      return (
        <Notice title="The list of entries is damaged">
          The events are as they were recorded: their hashes were checked. The list of entries, which is made from them, says{" "}
          {entries}.
        </Notice>
      );
    case "snapshot":
      return (
        <Notice title={`The snapshot at event ${damage.version} is damaged`}>
          The events are as they were recorded, and were added up from the first one: {write(damage.balance)}. The stored state is
          not what they give.
        </Notice>
      );
    case "unknown":
      return (
        <Notice title="Two sides disagree">
          The list of entries says {entries}. The stored state and the events after it give another balance. Neither is called
          right before the whole history has been checked.
        </Notice>
      );
    default:
      return unreachable(damage);
  }
}

function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Banner tone="debit" role="alert" title={title}>
      <p>{children} The bank’s operators have been told.</p>
    </Banner>
  );
}
