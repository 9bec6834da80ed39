import { z } from "zod";
import { readAmount } from "@/app/_components/money/read-amount";
import { chosenAmountField } from "@/app/_forms/chosen-amount";
import { accountIdField, commandIdField } from "@/app/_forms/command-id-field";
import type { CommandState, Typed } from "@/app/_forms/command-state";
import { formFields } from "@/app/_forms/form-fields";
import { olderForm } from "@/app/_server/older-form";
import { amountProblemText } from "@/app/_wording/amount-problem";
import { plainTextProblemText } from "@/app/_wording/plain-text-problem";
import { type DepositSource, depositSources, parseDepositSource } from "@/domain/account/deposit-source";
import type { CommandId } from "@/domain/ids";
import type { MoneyUnit } from "@/domain/money/currency";
import type { Money } from "@/domain/money/money";
import { type NumberFormat, numberFormats } from "@/domain/money/number-format";
import { parsePersonalText } from "@/domain/personal-text";
import { ok } from "@/domain/result";

export const moneyInput = z.strictObject({
  commandId: commandIdField,
  accountId: accountIdField,
  format: z.enum(numberFormats),
  amount: z.string(),
  description: z.string().default(""),
  source: z.enum(["", ...depositSources]).default(""),
  step: z.enum(["review", "post", "edit"]).default("post"),
  /** A button beside an amount that was refused for its format: the format and the amount to go on with. */
  use: chosenAmountField.optional(),
});

export type MoneyInput = {
  typed: Typed;
  commandId: CommandId;
  amount: Money;
  description: { plain: string } | undefined;
  source: DepositSource | undefined;
  format: NumberFormat;
  step: "review" | "post" | "edit";
};

/**
 * Reads a deposit or withdrawal. The amount is read in the format that the form was shown in, which the form carries.
 * A form of another build, or one that no page of ours renders, comes back with what was typed: nothing was booked.
 */
export function readMoneyForm(
  form: FormData,
  account: MoneyUnit,
): { ok: true; value: MoneyInput } | { ok: false; state: CommandState; chosen?: NumberFormat } {
  const read = moneyInput.safeParse(formFields(form));
  if (!read.success) return { ok: false, state: olderForm(form, ["amount", "description", "source"]) };
  const input = read.data;
  const typed = { amount: input.amount, description: input.description, source: input.source };
  const { commandId, format, step, use } = input;
  if (use) return { ok: false, state: { kind: "editing", typed: { ...typed, ...use }, commandId }, chosen: use.format };
  const source = parseDepositSource(input.source);
  const amount = readAmount(input.amount, account, format);
  const description = readDescription(input.description);

  if (amount.ok && description.ok)
    return ok({ typed, commandId, amount: amount.value, description: description.value, source, format, step });
  const errors = {
    ...(amount.ok ? {} : { amount: amountProblemText(amount.refusal, account, format) }),
    ...(description.ok ? {} : { description: plainTextProblemText(description.refusal) }),
  };
  const offer = !amount.ok && "offer" in amount.refusal ? amount.refusal.offer : undefined;
  return { ok: false, state: { kind: "invalid", typed, commandId, errors, offer } };
}

/** A field that shows nothing was left out. */
function readDescription(text: string) {
  const read = parsePersonalText(text);
  return !read.ok && read.refusal.code === "empty" ? ok(undefined) : read;
}
