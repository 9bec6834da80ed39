import { z } from "zod";

const text = (max: number) => z.string().trim().max(max).optional().catch(undefined);

const shape = z.object({
  /** What a person wrote: relative words or a wall-clock time, read in `zone`. Resolved and replaced by `t`. */
  when: text(64),
  zone: text(64),
  /** The resolved instant, UTC. */
  t: text(40),
  /** An event of this account as the cursor: the state right after it. Resolved and replaced by `position`. */
  event: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1)
    .optional()
    .catch(undefined),
  /** The pin of an answer that time alone could not fix: a position and that event's hash. */
  position: z
    .string()
    .regex(/^[1-9][0-9]{0,18}$/)
    .transform(BigInt)
    .refine((position) => position < 2n ** 63n)
    .optional()
    .catch(undefined),
  /** Whatever stands here must be that event's hash: a mangled one points to another history, it is not mended silently. */
  hash: z.string().max(128).optional().catch(""),
});

export type AsOfParams = z.infer<typeof shape>;

export const readAsOfParams = (search: Record<string, string | string[] | undefined>): AsOfParams => shape.parse(search);

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
