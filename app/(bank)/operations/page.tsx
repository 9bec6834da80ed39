import type { Metadata } from "next";
import { Badge } from "@/app/_components/badge";
import { PageHead } from "@/app/_components/page-head";
import { Instant } from "@/app/_components/time/instant";
import { LiveRefresh } from "@/app/_live/live-refresh";
import { bankHealth, type ReaderHealth, requireOperator } from "@/app/_server/operations";

export const metadata: Metadata = { title: "Operations" };

export default async function OperationsPage() {
  const viewer = await requireOperator();
  const { head, headAt, protection, readers } = await bankHealth();
  return (
    <>
      <PageHead title="Operations" lede="Where the book ends, and how far its readers have come." />
      <dl className="totals mb-6">
        <div>
          <dt>Head of the book</dt>
          <dd className="money">{head.toLocaleString("en-US")}</dd>
        </div>
        <div>
          <dt>Last event</dt>
          <dd className="text-lg">{headAt ? <Instant at={headAt} zone={viewer.zone} as="second" /> : "none yet"}</dd>
        </div>
        <div>
          <dt>Log protected by</dt>
          <dd className="text-lg">{protection}</dd>
        </div>
      </dl>
      <div className="sheet">
        <table className="ledger ledger-cards">
          <caption className="sr-only">Readers of the log</caption>
          <thead>
            <tr>
              <th scope="col">Reader</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                Revision
              </th>
              <th scope="col" className="num">
                Position
              </th>
              <th scope="col" className="num">
                Events behind
              </th>
              <th scope="col">True for</th>
              <th scope="col">Last step</th>
            </tr>
          </thead>
          <tbody>
            {readers.map((reader) => (
              <ReaderRow key={reader.name} reader={reader} zone={viewer.zone} />
            ))}
          </tbody>
        </table>
      </div>
      <LiveRefresh />
    </>
  );
}

function ReaderRow({ reader, zone }: { reader: ReaderHealth; zone: string }) {
  return (
    <tr>
      <td className="lead mono">{reader.name}</td>
      <td data-label="State">
        {reader.paused ? (
          <Badge tone="warn">Paused</Badge>
        ) : reader.lagEvents === 0n ? (
          <Badge tone="credit">Level</Badge>
        ) : (
          <Badge tone="warn">Catching up</Badge>
        )}
      </td>
      <td className="num money" data-label="Revision">
        {reader.revision}
      </td>
      <td className="num money" data-label="Position">
        {reader.position.toLocaleString("en-US")}
      </td>
      <td className="num money" data-label="Events behind">
        {reader.lagEvents.toLocaleString("en-US")}
      </td>
      <td data-label="True for">{reader.recordedAt ? <Instant at={reader.recordedAt} zone={zone} as="second" /> : "–"}</td>
      <td data-label="Last step">{reader.movedAt ? <Instant at={reader.movedAt} zone={zone} as="second" /> : "never"}</td>
    </tr>
  );
}
