import type { BankHealth } from "@/app/_server/operations";
import { whole } from "./figures";

type Batch = BankHealth["commands"]["batch"];

/** How many commands went into one append, as bars; the table is its own twin in figures. Nothing where there was none. */
export function BatchSizes({ batch: { buckets, mean, p50, p99 }, over }: { batch: Batch; over: string }) {
  if (mean === null) return null;
  const sizes = buckets.map(({ atMost, count }, i) => ({
    name: named(buckets[i - 1]?.atMost ?? 0, atMost),
    appends: count - (buckets[i - 1]?.count ?? 0),
  }));
  const used = sizes.slice(0, sizes.findLastIndex(({ appends }) => appends > 0) + 1);
  const most = Math.max(...used.map(({ appends }) => appends));
  return (
    <section aria-label="Commands in one append" className="mb-6">
      <h3 className="mb-1">Commands in one append</h3>
      <p className="mb-2 text-sm text-ink-2">
        In the last {over}: {mean.toFixed(1)} on average; half of the appends had at most {whole(Math.ceil(p50 ?? 0))}, 99 of 100
        at most {whole(Math.ceil(p99 ?? 0))}.
      </p>
      <table className="bars">
        <caption className="sr-only">Appends by the number of commands in them</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Commands</th>
            <th scope="col">Appends</th>
          </tr>
        </thead>
        <tbody>
          {used.map(({ name, appends }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <meter className="bar" min={0} max={most} value={appends} aria-hidden="true" />
                <span>{whole(appends)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function named(over: number, atMost: number): string {
  if (atMost === Infinity) return `over ${over}`;
  return atMost - over === 1 ? String(atMost) : `${over + 1}–${atMost}`;
}
