import { formatInstant, type InstantStyle } from "./format-instant";

/** An instant in the viewer's zone; the exact UTC instant stands in `datetime` and in the tooltip. */
export function Instant({ at, zone, as = "minute" }: { at: Date; zone: string; as?: InstantStyle }) {
  const iso = at.toISOString();
  return (
    <time dateTime={iso} title={iso}>
      {formatInstant(at, zone, as)}
    </time>
  );
}
