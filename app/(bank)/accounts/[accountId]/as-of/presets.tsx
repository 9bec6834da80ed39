import { Link } from "@/app/_components/link";

const presets = [
  { text: "Yesterday, end of day", when: "yesterday" },
  { text: "A week ago", when: "-7d" },
  { text: "End of last month", when: "end of last month" },
  { text: "End of last year", when: "end of last year" },
] as const;

/** Moments that are asked for often. */
export function Presets({ accountId, zone, openedAt }: { accountId: string; zone: string; openedAt: Date }) {
  const href = (when: string) => `/accounts/${accountId}/as-of?${new URLSearchParams({ when, zone })}` as const;
  return (
    <nav aria-label="Often asked for">
      <ul className="presets">
        {presets.map(({ text, when }) => (
          <li key={when}>
            <Link href={href(when)} className="button button-small">
              {text}
            </Link>
          </li>
        ))}
        <li>
          <Link href={`/accounts/${accountId}/as-of?t=${openedAt.toISOString()}`} className="button button-small">
            The opening
          </Link>
        </li>
      </ul>
    </nav>
  );
}
