/** A SQL expression that writes an instant as events and seals hold one, in UTC with milliseconds: "2026-03-31T22:00:00.000Z". */
export function isoText(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
