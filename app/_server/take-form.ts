import { redirect } from "next/navigation";
import type { CommandState } from "../_forms/command-state";
import { formFields } from "../_forms/form-fields";
import { olderForm } from "./older-form";
import { requestFacts } from "./request-facts";
import { isScripted, unlessAway } from "./sent-form";

/**
 * Runs the action of a command form. Where the database goes away before the command was given to the bank, nothing was booked, and the form
 * says so; afterwards the command itself is answered with "checking".
 */
export function takeCommandForm(form: FormData, work: () => Promise<CommandState>): Promise<CommandState> {
  return unlessAway(work, async () => {
    if (!(await isScripted())) redirect(`/checking?${new URLSearchParams({ form: (await requestFacts()).path })}` as "/");
    const { typed, commandId } = olderForm(form, Object.keys(formFields(form)));
    return {
      kind: "unsent",
      typed,
      commandId,
      title: "Daybook cannot answer now",
      text: "Its book cannot be reached at this moment. Nothing was booked.",
    };
  });
}
