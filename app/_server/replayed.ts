import type { AccountCommand } from "@/domain/account/commands";
import type { CommandId } from "@/domain/ids";
import { formatMoney, type Writing } from "../_components/money/format-money";
import { formatInstant } from "../_components/time/format-instant";
import type { Replayed, Typed } from "../_forms/command-state";
import { replayedWords } from "../_wording/replayed";
import type { Viewer } from "./viewer";

type Sent = { viewer: Viewer; command: AccountCommand; typed: Typed } & Writing;
type Before = { to: string; at: Date; nextId: CommandId };

/** A form that was sent before with the same input, and done then. Nothing was done now, and it says so. */
export function replayedState({ viewer, command, typed, exponent, format }: Sent, { to, at, nextId }: Before): Replayed {
  const amount = "amount" in command ? formatMoney({ ...command.amount, exponent }, format) : "";
  const words = replayedWords(command.type, { amount, at: formatInstant(at, viewer.zone, "second") });
  return { kind: "replayed", typed, commandId: nextId, to, ...words };
}
