import { type CommandId, parseEventName } from "@/domain/ids";
import { findCommand } from "@/infra/commands/find-command";
import { runtime } from "@/infra/runtime";
import type { LookedUp } from "../_forms/look-up";
import { refusalText } from "../_wording/refusal";
import { exponentOf } from "./mismatch";
import { currentViewer } from "./viewer";

/** What became of the signed-in person's own command. Looking changes nothing. Rejects while the database is away. */
export async function lookUpCommand(commandId: CommandId): Promise<LookedUp> {
  const viewer = await currentViewer();
  if (!viewer) return { kind: "signed_out" };
  const { executor, pool } = runtime();
  // Asked first: what is decided in between is in the book by then.
  const isDeciding = executor.isDeciding({ actor: viewer.actor, commandId });
  const command = await findCommand(pool, viewer.actor, commandId);
  if (!command) return { kind: isDeciding ? "deciding" : "absent" };
  if (!command.outcome.ok) {
    const exponent = (await exponentOf(command)) ?? 0; // of an account that was never opened, no refusal tells an amount
    return { kind: "refused", ...refusalText(command.outcome.refusal, { exponent, format: viewer.format }) };
  }
  const accountId = parseEventName(command.outcome.events[0] ?? "")?.accountId ?? command.accountIds[0];
  return { kind: "done", to: `/accounts/${accountId}?command=${commandId}` };
}
