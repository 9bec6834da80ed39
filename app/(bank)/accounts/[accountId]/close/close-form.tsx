"use client";

import { Button } from "@/app/_components/button";
import { Link } from "@/app/_components/link";
import { CommandNotice } from "@/app/_forms/command-notice";
import type { CommandAction } from "@/app/_forms/command-state";
import { useCommandForm } from "@/app/_forms/use-command-form";

type Props = { action: CommandAction; commandId: string; accountId: string; balance: string };

/** Closing is final; the bank refuses it while there is money on the account. */
export function CloseForm({ action, commandId: rendered, accountId, balance }: Props) {
  const { state, commandId, pending, formAction, onSubmit } = useCommandForm({
    action,
    commandId: rendered,
    formKey: `${accountId}/close`,
  });
  return (
    <form action={formAction} onSubmit={onSubmit} className="sheet form-sheet">
      <CommandNotice state={state} noun="closing" />
      <input type="hidden" name="commandId" value={commandId} />
      <input type="hidden" name="accountId" value={accountId} />
      <p>
        The balance is {balance}. A closed account keeps its entries for ever and takes no new ones. It cannot be opened again.
      </p>
      <div className="actions">
        <Button type="submit" variant="danger" name="step" value="post" aria-disabled={pending}>
          {pending ? "Closing…" : "Close the account for good"}
        </Button>
        <Link href={`/accounts/${accountId}`} className="button button-quiet">
          Keep it
        </Link>
      </div>
    </form>
  );
}
