import type { AccountCommand } from "@/domain/account/commands";
import { parseDepositSource } from "@/domain/account/deposit-source";
import { type CommandId, parseAccountId } from "@/domain/ids";
import type { Money } from "@/domain/money/money";
import { findCommand } from "@/infra/commands/find-command";
import type { RecordedCommand } from "@/infra/commands/recorded-command";
import { readStream } from "@/infra/event-log/read";
import { runtime } from "@/infra/runtime";
import { formatMoney, type Writing } from "../_components/money/format-money";
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
} & Writing;

/** A form whose id was used before, with other input: both versions, and a new id under which this one can be posted. */
export async function mismatchState({
  viewer,
  commandId,
  command,
  typed,
  nextId,
  exponent,
  format,
}: Mismatch): Promise<CommandState> {
  const before = await findCommand(runtime().pool, viewer.actor, commandId);
  const recorded: Version[] = before
    ? [
        { label: "What", text: `${commandWord(before.type)}${before.outcome.ok ? "" : " (refused)"}` },
        ...amountLine(amountOf(before), { exponent: await exponentOf(before), format }),
        ...sourceLine(String(before.input.source ?? "")),
        { label: "When", text: formatInstant(before.recordedAt, viewer.zone, "second") },
      ]
    : [];
  const yours: Version[] = [
    { label: "What", text: commandWord(command.type) },
    ...amountLine("amount" in command ? command.amount : undefined, { exponent, format }),
    ...sourceLine(typed.source ?? ""),
    ...(typed.description ? [{ label: "Description", text: typed.description }] : []),
  ];
  return { kind: "mismatch", typed, commandId: nextId, recorded, yours };
}

function sourceLine(text: string): Version[] {
  const source = parseDepositSource(text);
  return source === undefined ? [] : [{ label: "How it came", text: depositSourceName(source) }];
}

/** That of the account the command was for, which may be another than the form's. Undefined: the account was never opened. */
export async function exponentOf({ accountIds }: RecordedCommand): Promise<number | undefined> {
  const id = parseAccountId(accountIds[0] ?? "");
  const [first] = id ? await readStream(runtime().pool, id, { limit: 1 }) : [];
  return first?.event.type === "AccountOpened" ? first.event.data.exponent : undefined;
}

type Unsure = Pick<Writing, "format"> & { exponent: number | undefined };

function amountLine(amount: Money | undefined, { exponent, format }: Unsure): Version[] {
  if (amount === undefined || exponent === undefined) return [];
  return [{ label: "Amount", text: formatMoney({ ...amount, exponent }, format) }];
}
