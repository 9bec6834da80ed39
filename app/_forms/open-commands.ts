import { forgetDraft } from "./drafts";
import { dropValue, keepValue, keptNames, readValue } from "./kept-values";
import { spend } from "./spent-ids";

const prefix = "open:";

/** Keeps the id of a command that was sent, for this tab, until its answer is known: a reload asks on. */
export function rememberOpen(formKey: string, commandId: string): void {
  keepValue("tab", prefix + formKey, commandId);
}

/** The id under which a form was sent whose answer never came. */
export function openCommand(formKey: string): string | undefined {
  const kept = readValue("tab", prefix + formKey);
  return typeof kept === "string" ? kept : undefined;
}

export function forgetOpen(formKey: string): void {
  dropValue("tab", prefix + formKey);
}

/** The definite answer of this command is on screen: its id is spent, and what was typed for it is done with. */
export function settle(commandId: string): void {
  spend(commandId);
  for (const name of keptNames("tab", prefix)) {
    const formKey = name.slice(prefix.length);
    if (openCommand(formKey) !== commandId) continue;
    forgetOpen(formKey);
    forgetDraft(formKey);
  }
}
