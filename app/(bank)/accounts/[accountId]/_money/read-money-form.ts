import { z } from "zod";
import type { CommandState, Typed } from "@/app/_forms/command-state";
import { formFields } from "@/app/_forms/form-fields";
import { commandIdField } from "@/app/_server/commands";
import { olderForm } from "@/app/_server/older-form";
import { amountProblemText } from "@/app/_wording/amount-problem";
import { personalTextProblemText } from "@/app/_wording/personal-text-problem";
import { type DepositSource, depositSources, parseDepositSource } from "@/domain/account/deposit-source";
import type { CommandId } from "@/domain/ids";
import type { MoneyUnit } from "@/domain/money/currency";
import type { Money } from "@/domain/money/money";
import { type NumberFormat, numberFormats } from "@/domain/money/number-format";
import { parseAmount } from "@/domain/money/parse-amount";
import { parsePersonalText } from "@/domain/personal-text";
import { ok } from "@/domain/result";

const shape = z.strictObject({
  commandId: commandIdField,
  accountId: z.string(),
  format: z.enum(numberFormats),
  amount: z.string(),
  description: z.string().default(""),
  source: z.enum(["", ...depositSources]).default(""),
  step: z.enum(["review", "post", "edit"]).default("post"),
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
): { ok: true; value: MoneyInput } | { ok: false; state: CommandState } {
  const read = shape.safeParse(formFields(form));
  if (!read.success) return { ok: false, state: olderForm(form, ["amount", "description", "source"]) };
  const input = read.data;
  const typed = { amount: input.amount, description: input.description, source: input.source };
  const { commandId, format, step } = input;
  const source = parseDepositSource(input.source);
  const amount = parseAmount(input.amount, account, format);
  const description = input.description.trim() === "" ? ok(undefined) : parsePersonalText(input.description);

  if (amount.ok && description.ok)
    return ok({ typed, commandId, amount: amount.value, description: description.value, source, format, step });
  const errors = {
    ...(amount.ok ? {} : { amount: amountProblemText(amount.refusal, account, format) }),
    ...(description.ok ? {} : { description: personalTextProblemText(description.refusal) }),
  };
  return { ok: false, state: { kind: "invalid", typed, commandId, errors } };
}
