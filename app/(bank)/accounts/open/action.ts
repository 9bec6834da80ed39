"use server";

import type { CommandState } from "@/app/_forms/command-state";
import { formFields } from "@/app/_forms/form-fields";
import { sendCommand } from "@/app/_server/commands";
import { olderForm } from "@/app/_server/older-form";
import { holderFor, newAccount, requireOpener } from "@/app/_server/open-account";
import { requireSameOrigin } from "@/app/_server/origin";
import { takeCommandForm } from "@/app/_server/take-form";
import { parsePartyId } from "@/domain/ids";
import { exponentAtOpening, parseOfferedCurrency } from "@/domain/money/currency";
import { openInput } from "./open-input";

/** Opens an account: a customer's own, or, by a teller, another person's. */
export async function openAccount(_previous: CommandState, form: FormData): Promise<CommandState> {
  await requireSameOrigin();
  return takeCommandForm(form, async () => {
    const viewer = await requireOpener();
    const input = openInput.safeParse(formFields(form));
    if (!input.success) return olderForm(form, ["product", "currency", "holder"]);
    const { commandId, product, currency: code, holder: chosen } = input.data;
    const typed = { product, currency: code, holder: chosen };
    const currency = parseOfferedCurrency(code);
    const holder = await holderFor(viewer, parsePartyId(chosen));
    if (!currency || !holder) {
      const errors = {
        ...(currency ? {} : { currency: "Choose a currency." }),
        ...(holder ? {} : { holder: "Choose who the account is for." }),
      };
      return { kind: "invalid", typed, commandId, errors };
    }
    const command = { type: "OpenAccount" as const, ...(await newAccount()), currency, holders: [holder], product };
    return sendCommand({ viewer, commandId, command, typed, exponent: exponentAtOpening(currency), format: viewer.format });
  });
}
