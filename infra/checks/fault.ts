import { type AccountId, eventName } from "@/domain/ids";

/** The event that a fault was found at. */
export type FaultyEvent = { streamId: AccountId; version: number; position: bigint };

/** Something found wrong: where, in words that lead there, and what. `event` where the fault is that of one event. */
export class Fault extends Error {
  readonly where: string;
  readonly what: string;
  readonly event: FaultyEvent | undefined;
  constructor(where: string, what: string, event?: FaultyEvent) {
    super(`${where}: ${what}`);
    this.name = "Fault";
    this.where = where;
    this.what = what;
    this.event = event && { streamId: event.streamId, version: event.version, position: event.position };
  }
}

/** Not wrong, and not to be checked here: written by a newer Daybook. Nothing is recorded against it. */
export class NewerThanBuild extends Fault {}

/** How faults and findings name an event. */
export function eventPlace({ streamId, version, position }: FaultyEvent): string {
  return `event ${eventName(streamId, version)} at position ${position}`;
}

/** Throws a fault unless the two are alike; instants compare by their millisecond. */
export function mustEqual(where: string, field: string, found: unknown, expected: unknown): void {
  const [is, wanted] = [written(found), written(expected)];
  if (is !== wanted) throw new Fault(where, `${field} is ${is}, and should be ${wanted}`);
}

/** The same for every field that is expected. A description is not repeated: what verification prints is no place for personal text. */
export function mustMatch(
  where: string,
  found: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): void {
  for (const [field, value] of Object.entries(expected)) {
    if (field !== "description") mustEqual(where, field, found[field], value);
    else if (found[field] !== value) throw new Fault(where, "description is not what the log holds");
  }
}

function written(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "no instant" : value.toISOString();
  if (Buffer.isBuffer(value)) return value.toString("hex");
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner)) ?? "nothing";
}
