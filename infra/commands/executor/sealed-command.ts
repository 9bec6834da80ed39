import type { AccountCommand } from "@/domain/account/commands";
import { sealText } from "@/infra/personal-text/cipher";
import type { DataKey } from "@/infra/personal-text/keys";

/**
 * The command with its personal text encrypted, before any decision sees it: what is decided, stored and hashed holds no clear text.
 * An account without a key (never opened, or erased) keeps no text.
 * @throws for text that is not well-formed Unicode: encoding it would change it silently.
 */
export function sealedCommand(command: AccountCommand, key: DataKey | null): AccountCommand {
  if (!("description" in command) || !command.description || !("plain" in command.description)) return command;
  const text = command.description.plain;
  if (!text.isWellFormed() || text.includes("\u0000")) throw new Error("a description that no database can hold");
  if (!key) return { ...command, description: { erased: "1" } };
  return { ...command, description: sealText(key, { streamId: command.accountId, field: "description", text }) };
}
