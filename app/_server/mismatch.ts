import type { AccountCommand } from "@/domain/account/commands";
import { parseDepositSource } from "@/domain/account/deposit-source";
import type { CommandId } from "@/domain/ids";
import { exponentOf } from "@/domain/money/currency";
import type { Money } from "@/domain/money/money";
import type { NumberFormat } from "@/domain/money/number-format";
import { findCommand } from "@/infra/commands/find-command";
import { runtime } from "@/infra/runtime";
import { formatMoney } from "../_components/money/format-money";
import { formatInstant } from "../_components/time/format-instant";
import type { CommandState, Typed, Version } from "../_forms/command-state";
import { commandWord } from "../_wording/command";
import { depositSourceName } from "../_wording/deposit-source";
import { amountOf } from "./settled-command";
import type { Viewer } from "./viewer";

type Mismatch = {
  viewer: Viewer;
  commandId: CommandId;
  command: AccountCommand;
  typed: Typed;
  nextId: CommandId;
  format: NumberFormat;
};

/** A form whose id was used before, with other input: both versions, and a new id under which this one can be posted. */
export async function mismatchState({ viewer, commandId, command, typed, nextId, format }: Mismatch): Promise<CommandState> {
  const before = await findCommand(runtime().pool, viewer.actor, commandId);
  const recorded: Version[] = before
    ? [
        { label: "What", text: `${commandWord(before.type)}${before.outcome.ok ? "" : " (refused)"}` },
        ...amountLine(amountOf(before), format),
        ...sourceLine(String(before.input.source ?? "")),
        { label: "When", text: formatInstant(before.recordedAt, viewer.zone, "second") },
      ]
    : [];
  const yours: Version[] = [
    { label: "What", text: commandWord(command.type) },
    ...amountLine("amount" in command ? command.amount : undefined, format),
    ...sourceLine(typed.source ?? ""),
    ...(typed.description ? [{ label: "Description", text: typed.description }] : []),
  ];
  return { kind: "mismatch", typed, commandId: nextId, recorded, yours };
}

function sourceLine(text: string): Version[] {
  const source = parseDepositSource(text);
  return source === undefined ? [] : [{ label: "How it came", text: depositSourceName(source) }];
}

const amountLine = (amount: Money | undefined, format: NumberFormat): Version[] =>
  amount === undefined
    ? []
    : [{ label: "Amount", text: formatMoney({ ...amount, exponent: exponentOf(amount.currency) }, format) }];
