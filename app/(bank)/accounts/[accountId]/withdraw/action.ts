"use server";

import type { CommandState } from "@/app/_forms/command-state";
import { requireMovableAccount } from "@/app/_server/account";
import { reviewCommand, sendCommand } from "@/app/_server/commands";
import { keepFormat } from "@/app/_server/keep-format";
import { requireSameOrigin } from "@/app/_server/origin";
import { takeCommandForm } from "@/app/_server/take-form";
import { readMoneyForm } from "../_money/read-money-form";
import { withdrawalReview } from "./review";

/** Shows the withdrawal with the balance before and after, and books it once it was confirmed. */
export async function withdraw(_previous: CommandState, form: FormData): Promise<CommandState> {
  await requireSameOrigin();
  return takeCommandForm(form, async () => {
    const { viewer, account } = await requireMovableAccount(String(form.get("accountId")));
    const input = readMoneyForm(form, account);
    if (!input.ok) return keepFormat(viewer, input);

    const { typed, commandId, amount, description, format, step } = input.value;
    if (step === "edit") return { kind: "editing", typed, commandId };
    const command = {
      type: "WithdrawMoney" as const,
      accountId: account.accountId,
      amount,
      ...(description ? { description } : {}),
    };
    const sent = { viewer, commandId, command, typed, exponent: account.exponent, format };
    if (step === "post") return sendCommand(sent);
    return reviewCommand(sent, (...states) => withdrawalReview(account, input.value, states));
  });
}
