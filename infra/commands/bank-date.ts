type Zone = { format: Intl.DateTimeFormat; quarter: number; date: string };

const QUARTER_MS = 15 * 60_000;
const zones = new Map<string, Zone>();

/**
 * The date (YYYY-MM-DD) of an instant in the bank's IANA zone. Asked once per command, stored, never asked again:
 * time-zone data changes between builds. @throws RangeError for an unknown zone.
 */
export function bankDate(instant: Date, zone: string): string {
  let known = zones.get(zone);
  if (known === undefined) {
    known = { format: dateFormat(zone), quarter: Number.NaN, date: "" };
    zones.set(zone, known);
  }
  // Offsets are multiples of a quarter hour, so midnight is always at the start of one: format once per quarter hour, not per command.
  const quarter = Math.floor(instant.getTime() / QUARTER_MS);
  if (quarter !== known.quarter) {
    known.date = isoDate(known.format, instant);
    known.quarter = quarter;
  }
  return known.date;
}

function dateFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
}

function isoDate(format: Intl.DateTimeFormat, instant: Date): string {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}
