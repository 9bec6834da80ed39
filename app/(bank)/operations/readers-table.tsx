import { Badge } from "@/app/_components/badge";
import { Instant } from "@/app/_components/time/instant";
import { UnreadableTableRow } from "@/app/_components/unreadable-row";
import type { ReaderHealth } from "@/app/_server/operations";
import { duration, rate, whole } from "./figures";

/** How far each reader of the log has come. */
export function ReadersTable({ readers, zone }: { readers: readonly ReaderHealth[]; zone: string }) {
  return (
    <section aria-label="Readers of the log">
      <h2 className="mb-2">Readers</h2>
      <div className="sheet">
        <table className="ledger ledger-cards readers">
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
              <th scope="col" className="num">
                Behind for
              </th>
              <th scope="col" className="num">
                Events/s
              </th>
              <th scope="col">True for</th>
              <th scope="col">Last step</th>
            </tr>
          </thead>
          <tbody>
            {readers.map((reader) =>
              reader.spoilt ? (
                <UnreadableTableRow key={reader.name} row={reader.spoilt} columns={9} />
              ) : (
                <ReaderRow key={reader.name} reader={reader} zone={zone} />
              ),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ReaderRow({ reader, zone }: { reader: ReaderHealth; zone: string }) {
  return (
    <tr>
      <td className="lead mono whitespace-nowrap">{reader.name}</td>
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
        {whole(reader.position)}
      </td>
      <td className="num money" data-label="Events behind">
        {whole(reader.lagEvents)}
      </td>
      <td className="num money" data-label="Behind for">
        {reader.lagEvents === 0n ? "–" : duration(reader.lagMs)}
      </td>
      <td className="num money" data-label="Events/s, last minute">
        {reader.eventsPerSecond === null ? "–" : rate(reader.eventsPerSecond)}
      </td>
      <td data-label="True for">{reader.recordedAt ? <Instant at={reader.recordedAt} zone={zone} as="second" /> : "–"}</td>
      <td data-label="Last step">{reader.movedAt ? <Instant at={reader.movedAt} zone={zone} as="second" /> : "never"}</td>
    </tr>
  );
}
