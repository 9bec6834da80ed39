import { parseCommandId } from "@/domain/ids";
import { newCommandId } from "@/infra/ids";
import type { CommandState } from "../_forms/command-state";

/** The answer to a form that this build does not know: its inputs are kept, and its command id if it carries one. */
export function olderForm(form: FormData, fields: readonly string[]): Extract<CommandState, { kind: "busy" | "older" }> {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const typed = Object.fromEntries(fields.map((name) => [name, text(name)]));
  return { kind: "older", typed, commandId: parseCommandId(text("commandId")) ?? newCommandId() };
}
