import type { EventRow } from "@/soak/check/book-rows";

/** Takes what is wrong, in words. */
export type Report = (invariant: string, what: string) => void;

/** An account after one of its events. */
export type Point = { position: number; version: number; recordedMs: number; status: "open" | "closed"; balance: bigint };

export type Model = {
  streams: ReadonlyMap<string, readonly Point[]>;
  rows: readonly EventRow[];
  byName: ReadonlyMap<string, EventRow>;
};

/** Folds the log by rules of its own, a dozen lines of them, and reports every event that cannot have happened (I3, I4). */
export function modelOf(rows: readonly EventRow[], report: Report): Model {
  const streams = new Map<string, Point[]>();
  const byName = new Map<string, EventRow>();
  let before: EventRow | undefined;
  for (const row of rows) {
    const name = `${row.stream}@${row.version}`;
    if (row.position !== (before?.position ?? 0) + 1) report("I3", `position ${row.position} follows ${before?.position ?? 0}`);
    if (before && row.recordedMs < before.recordedMs) report("I3", `the log's time goes back at position ${row.position}`);
    const points = streams.get(row.stream) ?? [];
    streams.set(row.stream, points);
    const last = points.at(-1);
    if (row.version !== (last?.version ?? 0) + 1) report("I3", `${name} follows version ${last?.version ?? 0}`);
    points.push(next(last, row, (what) => report("I4", `${name}: ${what}`)));
    byName.set(name, row);
    before = row;
  }
  return { streams, rows, byName };
}

function next(last: Point | undefined, row: EventRow, fault: (what: string) => void): Point {
  const { position, version, recordedMs, type, amount } = row;
  const at = { position, version, recordedMs };
  if ((type === "AccountOpened") !== (last === undefined)) fault(`${type} on an account that is ${last?.status ?? "not open"}`);
  if (last?.status === "closed") fault(`${type} on a closed account`);
  const sign = type === "MoneyDeposited" ? 1n : type === "MoneyWithdrawn" ? -1n : 0n;
  if (sign !== 0n && amount <= 0n) fault(`an amount of ${amount}`);
  const balance = (last?.balance ?? 0n) + sign * amount;
  if (balance < 0n) fault(`a balance of ${balance}`);
  if (type === "AccountClosed" && balance !== 0n) fault(`closed with ${balance}`);
  return { ...at, status: type === "AccountClosed" ? "closed" : "open", balance };
}

/** The last point for which `holds` is true; it must be true up to some point and false from there on. */
export function lastWhere(points: readonly Point[], holds: (point: Point) => boolean): Point | undefined {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const point = points[middle];
    if (point && holds(point)) low = middle + 1;
    else high = middle;
  }
  return points[low - 1];
}
