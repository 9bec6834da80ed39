import type { AccountRefusal } from "@/domain/account/refusals";
import type { Money } from "@/domain/money/money";
import { unreachable } from "@/domain/unreachable";
import { formatMoney, type Writing } from "../_components/money/format-money";

/** What was refused, why, and what next. The facts come from the decision; nothing was booked. */
export function refusalText(refusal: AccountRefusal, { exponent, format }: Writing): { title: string; text: string } {
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
