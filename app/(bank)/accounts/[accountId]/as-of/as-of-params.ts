import { z } from "zod";
import { unitsMax } from "@/domain/text/bounds";

/** One text; of a parameter that stands twice, none. Whoever reads it holds it against a bound first, and refuses in words. */
const text = z.string().trim().optional().catch(undefined);

export const asOfInput = z.object({
  /** What a person wrote: relative words or a wall-clock time, read in `zone`. Resolved and replaced by `t`. */
  when: text,
  zone: text,
  /** The resolved instant, UTC. */
  t: text,
  /** An event of this account as the cursor: the state right after it. Resolved and replaced by `position`. */
  event: text,
  /** The pin of an answer that time alone could not fix: a position and that event's hash. */
  position: text,
  /** Whatever stands here must be that event's hash: a mangled one points to another history, it is not mended silently. */
  hash: z.string().max(unitsMax.hash, { abort: true }).optional().catch(""),
});

export type AsOfParams = z.infer<typeof asOfInput>;

export const readAsOfParams = (search: Record<string, string | string[] | undefined>): AsOfParams => asOfInput.parse(search);

/** The address that stays true: a final instant, or a position with the hash of its event (and the instant asked for, to show it). */
export function asOfHref(accountId: string, at: { t?: Date | undefined; pin?: { position: bigint; hash: string } | undefined }) {
  const query = new URLSearchParams();
  if (at.t) query.set("t", at.t.toISOString());
  if (at.pin) {
    query.set("position", at.pin.position.toString());
    query.set("hash", at.pin.hash);
  }
  return `/accounts/${accountId}/as-of?${query}` as const;
}
