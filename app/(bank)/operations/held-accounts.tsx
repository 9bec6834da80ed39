import { SubmitButton } from "@/app/_components/submit-button";
import { Instant } from "@/app/_components/time/instant";
import type { BankHealth } from "@/app/_server/operations";
import { retry } from "./actions";

/** Accounts at an event that a reader cannot apply; nothing where there are none. An operator sees their ids, and nothing in them. */
export function HeldAccounts({ held, zone }: { held: BankHealth["held"]; zone: string }) {
  if (held.length === 0) return null;
  return (
    <section aria-label="Held accounts" className="mb-6">
      <h2 className="mb-2">Held accounts</h2>
      <p className="mb-2">
        A reader could not apply an event of these accounts. Their later events wait in order; all others go on.
      </p>
      <div className="sheet">
        <table className="ledger ledger-cards">
          <caption className="sr-only">Held accounts</caption>
          <thead>
            <tr>
              <th scope="col">Account and event</th>
              <th scope="col">Reader</th>
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
            {held.map((account) => (
              <HeldRow key={`${account.reader} ${account.accountId}`} account={account} zone={zone} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function HeldRow({ account, zone }: { account: BankHealth["held"][number]; zone: string }) {
  const { reader, accountId, version, error, waiting, parkedAt, attempts } = account;
  return (
    <tr>
      <td className="lead mono">{`${accountId}@${version}`}</td>
      <td className="mono whitespace-nowrap" data-label="Reader">
        {reader}
      </td>
      <td data-label="Why">
        <span className="min-w-0 wrap-anywhere">{error}</span>
      </td>
      <td className="num" data-label="Waiting">
        {waiting}
      </td>
      <td data-label="Since">
        <Instant at={parkedAt} zone={zone} as="second" />
      </td>
      <td className="num" data-label="Tries">
        {attempts}
      </td>
      <td>
        <form action={retry}>
          <input type="hidden" name="reader" value={reader} />
          <input type="hidden" name="accountId" value={accountId} />
          <SubmitButton pending="Trying…" variant="plain">
            <span className="whitespace-nowrap">Try again</span>
          </SubmitButton>
        </form>
      </td>
    </tr>
  );
}
