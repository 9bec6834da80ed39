import { Link } from "@/app/_components/link";
import { formatMoney } from "@/app/_components/money/format-money";
import type { AccountView } from "@/app/_server/account";
import { type BalanceHistory, chartRanges } from "@/app/_server/daily-balances";
import type { Viewer } from "@/app/_server/viewer";
import { type Plot, plotSteps } from "./plot-steps";

type Props = { history: BalanceHistory; account: AccountView; viewer: Viewer };

const rangeNames = { "1m": "1 month", "3m": "3 months", "1y": "1 year", all: "All" } as const;

/** The balance at the end of each bank day, as a line of steps and as a table. Drawn by the server: it needs no script. */
export function BalanceChart({ history, account, viewer }: Props) {
  const { points, days, range, zone, unreadable } = history;
  const write: Write = (minorUnits) =>
    formatMoney({ minorUnits, currency: account.currency, exponent: account.exponent }, viewer.format);
  const plot = plotSteps(points);
  if (!plot && unreadable === 0) return null;
  return (
    <section className="balance-chart" aria-labelledby="balance-chart-title">
      <div className="chart-head">
        <div>
          <h2 id="balance-chart-title">Balance by day</h2>
          <p className="chart-zone">At the end of each bank day, {zone}</p>
          {unreadable === 0 ? null : (
            <p className="chart-zone text-warn">
              Without {unreadable === 1 ? "1 day" : `${unreadable} days`} that cannot be shown
            </p>
          )}
        </div>
        <nav aria-label="Span of the chart" className="chart-ranges">
          {chartRanges.map((one) => (
            <Link
              key={one}
              href={`/accounts/${account.accountId}?range=${one}`}
              scroll={false}
              aria-current={one === range ? "true" : undefined}
            >
              {rangeNames[one]}
            </Link>
          ))}
        </nav>
      </div>
      {plot ? <Drawing plot={plot} points={points} write={write} /> : null}
      {plot ? <DayTable days={days} write={write} /> : null}
    </section>
  );
}

type Write = (minorUnits: bigint) => string;

function Drawing({ plot, points, write }: { plot: Plot; points: BalanceHistory["points"]; write: Write }) {
  const [first, last] = [points[0], points.at(-1)];
  return (
    <div className="chart-frame sheet">
      <span className="chart-y chart-top money" aria-hidden="true">
        {plot.lowest === plot.highest ? null : write(plot.highest)}
      </span>
      <svg
        viewBox="0 0 1000 200"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Balance from ${first?.day} to ${last?.day}: ${inWords(points, write)}`}
      >
        <path d={plot.area} className="chart-area" />
        {plot.zero === null ? null : <path d={`M0 ${plot.zero}H1000`} className="chart-zero" />}
        <path d={plot.line} className="chart-line" />
      </svg>
      <span className="chart-y chart-bottom money" aria-hidden="true">
        {write(plot.lowest)}
      </span>
      <span className="chart-x" aria-hidden="true">
        <span>{first && dayName(first.day)}</span>
        <span>{last && dayName(last.day)}</span>
      </span>
    </div>
  );
}

function DayTable({ days, write }: { days: BalanceHistory["days"]; write: Write }) {
  return (
    <details className="chart-table">
      <summary>As a table</summary>
      <table className="ledger">
        <caption className="sr-only">Balance at the end of each bank day with entries</caption>
        <thead>
          <tr>
            <th scope="col">Bank day</th>
            <th scope="col" className="num">
              Balance at its end
            </th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ day, balance }) => (
            <tr key={day}>
              <td>{dayName(day)}</td>
              <td className="num money">{write(balance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function inWords(points: BalanceHistory["points"], write: Write): string {
  const balances = points.map(({ balance }) => balance);
  const lowest = balances.reduce((least, balance) => (balance < least ? balance : least));
  const highest = balances.reduce((most, balance) => (balance > most ? balance : most));
  if (lowest === highest) return `always ${write(lowest)}`;
  return `lowest ${write(lowest)}, highest ${write(highest)}, at the end ${write(balances.at(-1) ?? 0n)}`;
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });

const dayName = (day: string): string => dayFormat.format(new Date(`${day}T00:00:00Z`));
