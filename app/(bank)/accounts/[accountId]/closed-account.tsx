import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";

/** In place of a form that would move money on an account that takes no entries any more. */
export function ClosedAccount({ accountId }: { accountId: string }) {
  return (
    <EmptyState
      title="This account is closed"
      action={<ButtonLink href={`/accounts/${accountId}/timeline`}>Read its timeline</ButtonLink>}
    >
      It takes no new entries. Those it has stay for ever, and so does every balance it ever had.
    </EmptyState>
  );
}
