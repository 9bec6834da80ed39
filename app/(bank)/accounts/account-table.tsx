import { AccountNumberText, accountTitle } from "@/app/_components/account-name";
import { Badge } from "@/app/_components/badge";
import { Link } from "@/app/_components/link";
import { Money } from "@/app/_components/money/money";
import { Instant } from "@/app/_components/time/instant";
import { UnreadableTableRow } from "@/app/_components/unreadable-row";
import type { AccountList, AccountSummary, UnshownAccount } from "@/app/_server/accounts";
import { isUnreadableRow } from "@/app/_server/unreadable-rows";
import type { Viewer } from "@/app/_server/viewer";
import { type AccountsParams, accountsHref } from "./accounts-params";

type Props = { list: AccountList; viewer: Viewer; params: AccountsParams; staff: boolean };

/** The accounts, one a line; cards on a narrow screen. */
export function AccountTable({ list, viewer, params, staff }: Props) {
  return (
    <div className="sheet">
      <table className="ledger ledger-cards">
        <caption className="sr-only">Accounts with balance and last activity</caption>
        <thead>
          <tr>
            <th scope="col" className="folio">
              Number
            </th>
            <th scope="col">Account</th>
            {staff ? <th scope="col">Holder</th> : null}
            <th scope="col">Last activity</th>
            <th scope="col" className="num">
              Available
            </th>
            <th scope="col" className="num">
              Balance
            </th>
          </tr>
        </thead>
        <tbody>
          {list.unshown.map((account) => (
            <UnshownRow key={account.accountId} account={account} staff={staff} />
          ))}
          {list.accounts.map((account) =>
            isUnreadableRow(account) ? (
              <UnreadableTableRow
                key={account.id}
                row={account}
                columns={staff ? 6 : 5}
                folio
                name={account.of && viewer.nicknames.get(account.of.accountId)}
                to={account.of && { href: `/accounts/${account.of.accountId}`, text: "Open the account" }}
              />
            ) : (
              <AccountRow key={account.accountId} account={account} viewer={viewer} staff={staff} />
            ),
          )}
        </tbody>
      </table>
      {params.after || list.next ? (
        <nav className="pager" aria-label="Pages">
          {params.after ? <Link href={accountsHref(params, {})}>Back to the first page</Link> : <span />}
          {list.next ? <Link href={accountsHref(params, { after: list.next })}>Next page</Link> : null}
        </nav>
      ) : null}
    </div>
  );
}

function AccountRow({ account, viewer, staff }: { account: AccountSummary; viewer: Viewer; staff: boolean }) {
  const { currency, exponent } = account;
  const balance = { minorUnits: account.balance, currency, exponent };
  return (
    <tr>
      <td className="folio" data-label="Number">
        <AccountNumberText number={account.accountNumber} />
      </td>
      <td className="lead">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <Link href={`/accounts/${account.accountId}`} className="row-link" data-row>
            {accountTitle(account)}
          </Link>
          {account.status === "closed" ? <Badge>Closed</Badge> : null}
          {account.held.account_balances === undefined ? null : (
            <Badge tone="warn">Held at event {account.held.account_balances}</Badge>
          )}
          {account.doubtedFrom === null ? null : <Badge tone="warn">Under review</Badge>}
        </span>
      </td>
      {staff ? (
        <td data-label="Holder">
          {account.holders.join(", ")} <small className="mono">{account.holderFacts.join("; ")}</small>
        </td>
      ) : null}
      <td data-label="Last activity">
        <Instant at={account.lastActivityAt} zone={viewer.zone} />
      </td>
      {account.doubtedFrom === null ? (
        <>
          <td className="num" data-label="Available">
            <Money amount={{ ...balance, minorUnits: account.available }} format={viewer.format} unit="code" />
          </td>
          <td className="num" data-label="Balance">
            <strong className="font-semibold">
              <Money amount={balance} format={viewer.format} unit="code" />
            </strong>
          </td>
        </>
      ) : (
        <td colSpan={2} className="text-ink-2" data-label="Balance">
          None is given while it is under review.
        </td>
      )}
    </tr>
  );
}

/** Held from its opening: what there is to say of it is that it is there, and where more is said. */
function UnshownRow({ account, staff }: { account: UnshownAccount; staff: boolean }) {
  const { accountId, accountNumber, nickname, holders } = account;
  return (
    <tr>
      <td className="folio" data-label="Number">
        {accountNumber ? <AccountNumberText number={accountNumber} /> : "Unknown"}
      </td>
      <td className="lead">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <Link href={`/accounts/${accountId}`} className="row-link" data-row>
            {nickname ?? "Account"}
          </Link>
          <Badge tone="warn">Held at event 1</Badge>
        </span>
      </td>
      {staff ? <td data-label="Holder">{holders.join(", ") || "Unknown"}</td> : null}
      <td colSpan={3} className="text-ink-2" data-label="Balance">
        Not posted yet. The book has it, and later events wait.
      </td>
    </tr>
  );
}
