export type InstantStyle = "minute" | "second" | "millisecond" | "date" | "time" | "day";

const common = { hourCycle: "h23" } as const;
const date = { day: "numeric", month: "short", year: "numeric" } as const;
const time = { hour: "2-digit", minute: "2-digit" } as const;

const optionsOf: Readonly<Record<InstantStyle, Intl.DateTimeFormatOptions>> = {
  minute: { ...common, ...date, ...time, timeZoneName: "short" },
  second: { ...common, ...date, ...time, second: "2-digit", timeZoneName: "short" },
  millisecond: { ...common, ...date, ...time, second: "2-digit", fractionalSecondDigits: 3, timeZoneName: "short" },
  date: { ...date, timeZoneName: "short" },
  time: { ...common, ...time },
  day: { weekday: "long", ...date },
};

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Writes an instant in a zone. All styles but "time" and "day" (for rows under a heading that names it) name the zone. */
export function formatInstant(instant: Date, zone: string, style: InstantStyle = "minute"): string {
  return formatterOf(zone, style).format(instant);
}

function formatterOf(zone: string, style: InstantStyle): Intl.DateTimeFormat {
  const key = `${zone} ${style}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...optionsOf[style] });
    formatters.set(key, formatter);
  }
  return formatter;
}

/** The zone's short name at that instant: CET in March, CEST in July. */
export function zoneName(instant: Date, zone: string): string {
  return (
    formatterOf(zone, "date")
      .formatToParts(instant)
      .find((part) => part.type === "timeZoneName")?.value ?? zone
  );
}
