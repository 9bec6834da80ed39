import { SignedMoney } from "@/app/_components/money/money";
import { Instant } from "@/app/_components/time/instant";
import type { AccountView } from "@/app/_server/account";
import type { SettledCommand } from "@/app/_server/settled-command";
import type { Viewer } from "@/app/_server/viewer";

type Props = { command: SettledCommand; held: boolean; account: AccountView; viewer: Viewer };

/** A command that is booked but not yet read into this page: it says so, and the page refreshes by itself. */
export function PostingRow({ command, held, account, viewer }: Props) {
  const sign = command.type === "WithdrawMoney" ? -1n : 1n;
  return (
    <tbody>
      <tr className="posting">
        <td className="folio" />
        <td className="lead">{held ? "Waits: the account is held" : "Being posted…"}</td>
        <td data-label="Time">
          <Instant at={command.recordedAt} zone={viewer.zone} as="time" />
        </td>
        <td className="num" data-label="Amount">
          {command.amount ? (
            <SignedMoney
              amount={{
                minorUnits: sign * command.amount.minorUnits,
                currency: account.currency,
                exponent: account.exponent,
              }}
              format={viewer.format}
            />
          ) : null}
        </td>
        <td className="num" />
      </tr>
    </tbody>
  );
}
