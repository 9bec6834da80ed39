import { Badge } from "@/app/_components/badge";
import { Banner } from "@/app/_components/banner";
import { Instant } from "@/app/_components/time/instant";
import { UnreadableTableRow } from "@/app/_components/unreadable-row";
import type { BankHealth } from "@/app/_server/operations";
import { isUnreadableRow, type UnreadableRow } from "@/app/_server/unreadable-rows";
import { whole } from "./figures";

type Found = Exclude<BankHealth["book"]["findings"][number], UnreadableRow>;

/** What was found wrong in the book, and what it keeps from going on; nothing where nothing was found. */
export function Findings({ book, zone }: { book: BankHealth["book"]; zone: string }) {
  const { findings, seals } = book;
  if (findings.length === 0) return null;
  return (
    <section aria-label="Findings" className="mb-6 grid gap-3">
      <h2>Findings</h2>
      {seals.stopped ? (
        <Banner tone="debit" role="alert" title="Sealing has stopped">
          <p>
            Since{" "}
            {seals.stopped.since ? <Instant at={seals.stopped.since} zone={zone} as="second" /> : "a time that cannot be shown"},
            before position {whole(seals.stopped.position)}: no account’s later events are sealed. Look into finding{" "}
            {seals.stopped.id}, then accept it at the terminal:{" "}
            <code className="mono wrap-anywhere">npm run daybook -- review accept {seals.stopped.id} --reason …</code>
          </p>
        </Banner>
      ) : null}
      <div className="sheet">
        <table className="ledger ledger-cards">
          <caption className="sr-only">What was found wrong in the book</caption>
          <thead>
            <tr>
              <th scope="col" className="num">
                Finding
              </th>
              <th scope="col">Where</th>
              <th scope="col">What is wrong</th>
              <th scope="col">Found</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding) =>
              isUnreadableRow(finding) ? (
                <UnreadableTableRow key={finding.id} row={finding} columns={5} name={`Finding ${finding.id}`} />
              ) : (
                <FindingRow key={finding.id.toString()} finding={finding} zone={zone} />
              ),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function FindingRow({ finding, zone }: { finding: Found; zone: string }) {
  const { id, place, what, foundBy, foundAt, acceptedAt, acceptedReason, streamId } = finding;
  return (
    <tr>
      <td className="num" data-label="Finding">
        {whole(id)}
      </td>
      <td className="lead mono wrap-anywhere">{place}</td>
      <td className="wrap-anywhere" data-label="What is wrong">
        {what}
      </td>
      <td data-label="Found">
        by the {foundBy}, <Instant at={foundAt} zone={zone} as="second" />
      </td>
      <td data-label="State">
        <span className="flex flex-wrap gap-1">
          {acceptedAt ? <Badge>Accepted</Badge> : <Badge tone="warn">Open</Badge>}
          {streamId ? <Badge tone="warn">Account closed</Badge> : null}
        </span>
        {acceptedReason ? <span className="text-ink-2">{acceptedReason}</span> : null}
      </td>
    </tr>
  );
}
