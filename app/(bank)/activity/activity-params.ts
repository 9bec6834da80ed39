import { z } from "zod";

const text = (lengthMax: number) =>
  z
    .string()
    .trim()
    .max(lengthMax)
    .refine((given) => !given.includes("\u0000")) // no database holds one
    .catch("");

const shape = z.object({
  words: text(80),
  number: text(40),
  amount: text(40),
  show: z.enum(["all", "openings", "deposits", "withdrawals", "closings"]).catch("all"),
  /** Only events before this position: paging by key, so new events shift nothing. */
  before: z
    .string()
    .regex(/^[1-9][0-9]{0,17}$/)
    .transform(BigInt)
    .optional()
    .catch(undefined),
});

export type ActivityParams = z.infer<typeof shape>;

/** What the URL of the feed says; anything misshapen falls back to "everything". */
export const readActivityParams = (search: Record<string, string | string[] | undefined>): ActivityParams => shape.parse(search);

export const isFiltered = ({ words, number, amount, show }: ActivityParams): boolean =>
  words !== "" || number !== "" || amount !== "" || show !== "all";

/** The address of the same feed from another event on. */
export function activityHref({ words, number, amount, show }: ActivityParams, before: bigint | undefined) {
  const query = new URLSearchParams();
  if (words) query.set("words", words);
  if (number) query.set("number", number);
  if (amount) query.set("amount", amount);
  if (show !== "all") query.set("show", show);
  if (before !== undefined) query.set("before", before.toString());
  return query.size === 0 ? ("/activity" as const) : (`/activity?${query}` as const);
}
