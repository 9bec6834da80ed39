import { EmptyState } from "@/app/_components/empty-state";
import { Link } from "@/app/_components/link";
import { Money, SignedMoney } from "@/app/_components/money/money";
import { formatInstant, zoneName } from "@/app/_components/time/format-instant";
import { Instant } from "@/app/_components/time/instant";
import { eventLink, UnreadableTableRow } from "@/app/_components/unreadable-row";
import type { AccountView } from "@/app/_server/account";
import type { EntriesPage, Entry } from "@/app/_server/entries";
import type { SettledCommand } from "@/app/_server/settled-command";
import { isUnreadableRow, type ReadRow } from "@/app/_server/unreadable-rows";
import type { Viewer } from "@/app/_server/viewer";
import { entryTitle } from "@/app/_wording/entry";
import { PostingRow } from "./posting-row";

type Props = {
  page: EntriesPage;
  account: AccountView;
  viewer: Viewer;
  before: number | undefined;
  settled: string | undefined;
  posting: { command: SettledCommand; held: boolean } | undefined;
};

/** The entries, newest first, by day in the viewer's zone, each with the balance after it. */
export function EntryTable({ page, account, viewer, before, settled, posting }: Props) {
  if (page.entries.length === 0 && !posting) {
    return <EmptyState title="No entries yet">The first deposit will stand here.</EmptyState>;
  }
  return (
    <div className="sheet">
      <table className="ledger ledger-cards entries">
        <caption className="sr-only">Entries, newest first, with running balance</caption>
        <thead>
          <tr>
            <th scope="col" className="folio">
              No.
            </th>
            <th scope="col">Entry</th>
            <th scope="col">Time</th>
            <th scope="col" className="num">
              Amount
            </th>
            <th scope="col" className="num">
              Balance
            </th>
          </tr>
        </thead>
        {posting ? <PostingRow {...posting} account={account} viewer={viewer} /> : null}
        {daysOf(page.entries, viewer.zone).map((day) => (
          <tbody key={day.title}>
            {day.title === undated ? null : (
              <tr className="day">
                <th colSpan={5} scope="rowgroup">
                  {day.title} <span className="font-normal">{day.zone}</span>
                </th>
              </tr>
            )}
            {day.entries.map((entry) =>
              isUnreadableRow(entry) ? (
                <UnreadableTableRow key={entry.id} row={entry} columns={5} folio to={eventLink(entry)} />
              ) : (
                <EntryRow
                  key={entry.version}
                  entry={entry}
                  account={account}
                  viewer={viewer}
                  settled={entry.commandId === settled}
                />
              ),
            )}
          </tbody>
        ))}
      </table>
      {before !== undefined || page.next !== null ? (
        <nav className="pager" aria-label="Pages">
          {before === undefined ? <span /> : <Link href={`/accounts/${account.accountId}`}>Newest entries</Link>}
          {page.next === null ? (
            <span>The account begins here.</span>
          ) : (
            <Link href={`/accounts/${account.accountId}?before=${page.next}`}>Older entries</Link>
          )}
        </nav>
      ) : null}
    </div>
  );
}

function EntryRow({ entry, account, viewer, settled }: { entry: Entry; account: AccountView; viewer: Viewer; settled: boolean }) {
  const { currency, exponent, accountId } = account;
  return (
    <tr id={`entry-${entry.version}`} className={settled ? "settled" : undefined}>
      <td className="folio" data-label="No.">
        <Link
          href={`/accounts/${accountId}/timeline?event=${entry.version}`}
          className="folio-number"
          data-row
          aria-label={`Entry ${entry.version} in the timeline`}
        >
          {entry.version}
        </Link>
      </td>
      <td className="lead">{entryTitle(entry)}</td>
      <td data-label="Time">
        <Instant at={entry.recordedAt} zone={viewer.zone} as="time" />
      </td>
      <td className="num" data-label="Amount">
        {entry.amount === 0n ? (
          ""
        ) : (
          <SignedMoney amount={{ minorUnits: entry.amount, currency, exponent }} format={viewer.format} />
        )}
      </td>
      <td className="num" data-label="Balance">
        <Money amount={{ minorUnits: entry.balance, currency, exponent }} format={viewer.format} unit="none" />
      </td>
    </tr>
  );
}

type Day = { title: string; zone: string; entries: ReadRow<Entry>[] };

const undated = "";

/** A row that cannot be shown stands with the entry before it; above the first one it stands under no day. */
function daysOf(entries: EntriesPage["entries"], zone: string): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const last = days.at(-1);
    const title = isUnreadableRow(entry) ? (last?.title ?? undated) : formatInstant(entry.recordedAt, zone, "day");
    if (last?.title === title) last.entries.push(entry);
    else days.push({ title, zone: isUnreadableRow(entry) ? "" : zoneName(entry.recordedAt, zone), entries: [entry] });
  }
  return days;
}
