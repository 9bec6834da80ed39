"use server";

import type { CommandState } from "@/app/_forms/command-state";
import { formFields } from "@/app/_forms/form-fields";
import { requireMovableAccount } from "@/app/_server/account";
import { sendCommand } from "@/app/_server/commands";
import { olderForm } from "@/app/_server/older-form";
import { requireSameOrigin } from "@/app/_server/origin";
import { takeCommandForm } from "@/app/_server/take-form";
import { closeInput } from "./close-input";

/** Closes an account that stands at zero. */
export async function close(_previous: CommandState, form: FormData): Promise<CommandState> {
  await requireSameOrigin();
  return takeCommandForm(form, async () => {
    const { viewer, account } = await requireMovableAccount(String(form.get("accountId")));
    const input = closeInput.safeParse(formFields(form));
    if (!input.success) return olderForm(form, []);
    const { commandId } = input.data;
    const command = { type: "CloseAccount" as const, accountId: account.accountId };
    return sendCommand({ viewer, commandId, command, typed: {}, exponent: account.exponent, format: viewer.format });
  });
}
