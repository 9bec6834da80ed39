import { Banner } from "@/app/_components/banner";
import { formatMoney } from "@/app/_components/money/format-money";
import { formatInstant } from "@/app/_components/time/format-instant";
import { FocusResult } from "@/app/_forms/focus-result";
import type { AccountView } from "@/app/_server/account";
import type { Posting, SettledCommand } from "@/app/_server/settled-command";
import type { Viewer } from "@/app/_server/viewer";
import { refusalText } from "@/app/_wording/refusal";
import { unreachable } from "@/domain/unreachable";

type Props = { command: SettledCommand; posting: Posting; viewer: Viewer; account: AccountView };

/** What became of the command that led here; it takes the focus and is announced once. */
export function CommandResult({ command, posting, viewer, account }: Props) {
  if (!command.outcome.ok) {
    const refused = refusalText(command.outcome.refusal, { exponent: account.exponent, format: viewer.format });
    return (
      <FocusResult commandId={command.id}>
        <Banner tone="debit" title={refused.title}>
          <p>{refused.text}</p>
        </Banner>
      </FocusResult>
    );
  }
  const amount = command.amount ? formatMoney({ ...command.amount, exponent: account.exponent }, viewer.format) : "";
  return (
    <FocusResult commandId={command.id}>
      <Banner tone={posting === "posted" ? "credit" : "info"} title={`${doneWords(command.type)} ${amount}`.trim()}>
        <p>
          {posting === "posted"
            ? `Booked at position ${command.position} of the book, on ${formatInstant(command.recordedAt, viewer.zone, "second")}.`
            : posting === "held"
              ? `It is booked, at position ${command.position} of the book. What is shown below is older: the account is held, and this waits with its later events.`
              : "It is booked. The balance below is older and does not have it yet; the page refreshes by itself."}
        </p>
      </Banner>
    </FocusResult>
  );
}

function doneWords(type: SettledCommand["type"]): string {
  switch (type) {
    case "OpenAccount":
      return "Account opened";
    case "DepositMoney":
      return "Deposited";
    case "WithdrawMoney":
      return "Withdrew";
    case "CloseAccount":
      return "Account closed";
    default:
      return unreachable(type);
  }
}
