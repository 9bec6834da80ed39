"use server";

import type { CommandState } from "@/app/_forms/command-state";
import { requireMovableAccount } from "@/app/_server/account";
import { sendCommand } from "@/app/_server/commands";
import { keepFormat } from "@/app/_server/keep-format";
import { requireSameOrigin } from "@/app/_server/origin";
import { takeCommandForm } from "@/app/_server/take-form";
import { readMoneyForm } from "../_money/read-money-form";

/** Books a deposit once, however often the form is sent. */
export async function deposit(_previous: CommandState, form: FormData): Promise<CommandState> {
  await requireSameOrigin();
  return takeCommandForm(form, async () => {
    const { viewer, account } = await requireMovableAccount(String(form.get("accountId")));
    const input = readMoneyForm(form, account);
    if (!input.ok) return keepFormat(viewer, input);

    const { typed, commandId, amount, description, source, format } = input.value;
    const command = {
      type: "DepositMoney" as const,
      accountId: account.accountId,
      amount,
      ...(description ? { description } : {}),
      ...(source ? { source } : {}),
    };
    return sendCommand({ viewer, commandId, command, typed, exponent: account.exponent, format });
  });
}
