"use client";

import { Button } from "@/app/_components/button";
import { Link } from "@/app/_components/link";
import { CommandForm } from "@/app/_forms/command-form";
import type { CommandAction } from "@/app/_forms/command-state";

type Props = {
  action: CommandAction;
  commandId: string;
  /** Names the person and this form, for what is kept in the browser. */
  formKey: string;
  accountId: string;
  balance: string;
};

/** Closing is final; the bank refuses it while there is money on the account. */
export function CloseForm({ accountId, balance, ...form }: Props) {
  return (
    <CommandForm {...form} noun="closing" hidden={() => ({ accountId })}>
      {({ pending }) => (
        <>
          <p>
            The balance is {balance}. A closed account keeps its entries for ever and takes no new ones. It cannot be opened
            again.
          </p>
          <div className="actions">
            <Button type="submit" variant="danger" name="step" value="post" aria-disabled={pending}>
              {pending ? "Closing…" : "Close the account for good"}
            </Button>
            <Link href={`/accounts/${accountId}`} className="button button-quiet">
              Keep it
            </Link>
          </div>
        </>
      )}
    </CommandForm>
  );
}
