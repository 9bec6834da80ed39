import { newId } from "@/infra/ids";
import type { ExecutorOptions } from "./executor";
import type { Pending } from "./pending";

/** Answers "failed" under a reference that the log knows the error by. Nothing is stored for the command. */
export function failCommand(pending: Pending, error: unknown, onError: ExecutorOptions["onError"]): void {
  const reference = newId("err");
  onError(error, `${pending.command.type} ${pending.commandId} failed as ${reference}`);
  pending.answer({ kind: "failed", reference });
}
