import { SubmitButton } from "@/app/_components/submit-button";
import { Instant } from "@/app/_components/time/instant";
import { UnreadableTableRow } from "@/app/_components/unreadable-row";
import type { HeldAccount } from "@/app/_server/operations";
import { isUnreadableRow, type ReadRow } from "@/app/_server/unreadable-rows";
import { retry } from "./actions";
import { whole } from "./figures";

/** Accounts at an event that a reader cannot apply; nothing where there are none. An operator sees their ids, and nothing in them. */
export function HeldAccounts({ held, zone }: { held: readonly ReadRow<HeldAccount>[]; zone: string }) {
  if (held.length === 0) return null;
  return (
    <section aria-label="Held accounts" className="mb-6">
      <h2 className="mb-2">Held accounts</h2>
      <p className="mb-2">
        Readers could not apply an event of these accounts. Their later events wait in order; all others go on.
      </p>
      <div className="sheet">
        <table className="ledger ledger-cards">
          <caption className="sr-only">Held accounts</caption>
          <thead>
            <tr>
              <th scope="col">Account and event</th>
              <th scope="col">Held by</th>
              <th scope="col">Why</th>
              <th scope="col" className="num">
                Waiting
              </th>
              <th scope="col">Since</th>
              <th scope="col" className="num">
                Tries
              </th>
              <th scope="col">
                <span className="sr-only">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {held.map((account) =>
              isUnreadableRow(account) ? (
                <UnreadableTableRow key={account.id} row={account} columns={7} />
              ) : (
                <HeldRow key={account.accountId} account={account} zone={zone} />
              ),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function HeldRow({ account, zone }: { account: HeldAccount; zone: string }) {
  const { accountId, by, waiting, parkedAt, attempts } = account;
  const versions = [...new Set(by.map(({ version }) => version))].sort((a, b) => a - b);
  const faults = [...new Set(by.map(({ error }) => error))];
  return (
    <tr>
      <td className="lead mono">{`${accountId}@${versions.join(", ")}`}</td>
      <td data-label="Held by">
        <ul>
          {by.map(({ reader, version }) => (
            <li key={reader} className="mono whitespace-nowrap">
              {reader}
              {versions.length > 1 ? ` at ${version}` : null}
            </li>
          ))}
        </ul>
      </td>
      <td data-label="Why">
        <ul className="min-w-0">
          {faults.map((fault) => (
            <li key={fault} className="wrap-anywhere">
              {fault}
            </li>
          ))}
        </ul>
      </td>
      <td className="num" data-label="Waiting">
        {whole(waiting)}
      </td>
      <td data-label="Since">
        <Instant at={parkedAt} zone={zone} as="second" />
      </td>
      <td className="num" data-label="Tries">
        {whole(attempts)}
      </td>
      <td>
        <form action={retry}>
          <input type="hidden" name="accountId" value={accountId} />
          <SubmitButton pending="Trying…" variant="plain">
            <span className="whitespace-nowrap">Try again</span>
          </SubmitButton>
        </form>
      </td>
    </tr>
  );
}
