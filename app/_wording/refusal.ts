import type { AccountRefusal } from "@/domain/account/refusals";
import type { Money } from "@/domain/money/money";
import { unreachable } from "@/domain/unreachable";
import { formatMoney, type Writing } from "../_components/money/format-money";

/** The book may hold refusals of a newer build, which this one has no words for. */
const known: Readonly<Record<AccountRefusal["code"], true>> = {
  account_not_open: true,
  account_already_open: true,
  account_closed: true,
  currency_mismatch: true,
  insufficient_funds: true,
  amount_not_positive: true,
  amount_too_large: true,
  balance_limit_exceeded: true,
  balance_not_zero: true,
  no_holder: true,
  account_under_review: true,
};

const newer = (code: string) => ({
  title: "Refused, for a reason that this server does not know",
  text: `Nothing was booked. A newer version of Daybook refused it (${code}), and says why once it answers here.`,
});

/** What was refused, why, and what next. The facts come from the decision; nothing was booked. */
export function refusalText(refusal: AccountRefusal, { exponent, format }: Writing): { title: string; text: string } {
  if (!Object.hasOwn(known, refusal.code)) return newer(refusal.code);
  const write = (money: Money) => formatMoney({ ...money, exponent }, format);
  switch (refusal.code) {
    case "account_not_open":
      return { title: "This account is not open", text: "Nothing was booked." };
    case "account_already_open":
      return { title: "This account is open already", text: "Nothing was booked a second time." };
    case "account_closed":
      return { title: "This account is closed", text: "It keeps its entries and takes no new ones. Choose another account." };
    case "currency_mismatch":
      return {
        title: "Another currency",
        text: `This account is kept in ${refusal.expected}; the amount was in ${refusal.given}.`,
      };
    case "insufficient_funds":
      return {
        title: "Not enough money",
        text: `${write(refusal.available)} is available; this needs ${write(refusal.asked)}. Choose a smaller amount, or deposit first.`,
      };
    case "amount_not_positive":
      return { title: "No amount", text: "The amount must be more than zero." };
    case "amount_too_large":
      return { title: "Too much at once", text: `One entry may move at most ${write(refusal.limit)}. Book it in parts.` };
    case "balance_limit_exceeded":
      return { title: "The account cannot hold this much", text: `A balance goes up to ${write(refusal.limit)}.` };
    case "balance_not_zero":
      return {
        title: "The account is not empty",
        text: `It still holds ${write(refusal.balance)}. Withdraw the rest first; an account is closed at zero.`,
      };
    case "no_holder":
      return { title: "Nobody would hold the account", text: "Choose who the account is for." };
    case "account_under_review":
      return {
        title: "This account is under review",
        text: "The bank found something in its history that it has to settle first. Until then nothing can be booked. Ask your bank.",
      };
    default:
      return unreachable(refusal);
  }
}
