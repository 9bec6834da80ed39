import { Badge } from "@/app/_components/badge";
import type { LastRebuild } from "@/app/_server/rebuilds";

type Tone = "plain" | "credit" | "debit" | "warn";

const looks: Record<LastRebuild["status"], readonly [Tone, string]> = {
  running: ["warn", "Under way"],
  level: ["warn", "Under way"],
  comparing: ["warn", "Under way"],
  differs: ["debit", "Differs"],
  stopped: ["warn", "Left"],
  failed: ["debit", "Failed"],
  cancelled: ["plain", "Cancelled"],
  swapped: ["credit", "Swapped in"],
  rolled_back: ["plain", "Rolled back"],
};

/** How the last rebuild stands, in a word. */
export function RebuildBadge({ last }: { last: LastRebuild | undefined }) {
  if (!last) return <Badge>Never rebuilt</Badge>;
  const [tone, text] = looks[last.status];
  return <Badge tone={tone}>{text}</Badge>;
}
