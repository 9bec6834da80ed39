import { z } from "zod";
import { readAnyAmount } from "@/app/_components/money/read-amount";
import { type Filters, readFilters, type Search, searchNumber, searchText } from "@/app/_forms/read-filters";
import { amountProblemText } from "@/app/_wording/amount-problem";
import type { NumberFormat } from "@/domain/money/number-format";

/** What may be asked of the feed; amounts are read in the number format of whoever asks. */
export const activityInput = (format: NumberFormat) =>
  z.object({
    words: searchText(80),
    number: searchNumber,
    amount: z
      .string()
      .optional()
      .catch(undefined)
      .transform((text = "", context) => {
        const read = readAnyAmount(text, format);
        if (read.ok) return { text: text.trim(), asked: read.value };
        if (read.refusal.code === "empty") return { text: "", asked: null };
        context.addIssue(amountProblemText(read.refusal, undefined, format));
        return z.NEVER;
      }),
    show: z.enum(["all", "openings", "deposits", "withdrawals", "closings"]).catch("all"),
    /** Only events before this position: paging by key, so new events shift nothing. */
    before: z
      .string()
      .max(18, { abort: true })
      .regex(/^[1-9][0-9]*$/)
      .transform(BigInt)
      .optional()
      .catch(undefined),
  });

export type ActivityParams = z.infer<ReturnType<typeof activityInput>>;

/** What the URL of the feed says; a choice that there is none of falls back to "everything". */
export const readActivityParams = (search: Search, format: NumberFormat): Filters<ActivityParams> =>
  readFilters(activityInput(format), search);

export const isFiltered = ({ words, number, amount, show }: ActivityParams): boolean =>
  words !== "" || number !== "" || amount.text !== "" || show !== "all";

/** The filters alone, as a query. */
export function activityQuery({ words, number, amount, show }: ActivityParams): URLSearchParams {
  const query = new URLSearchParams();
  if (words) query.set("words", words);
  if (number) query.set("number", number);
  if (amount.text) query.set("amount", amount.text);
  if (show !== "all") query.set("show", show);
  return query;
}

/** The address of the same feed from another event on. */
export function activityHref(params: ActivityParams, before: bigint | undefined) {
  const query = activityQuery(params);
  if (before !== undefined) query.set("before", before.toString());
  return query.size === 0 ? ("/activity" as const) : (`/activity?${query}` as const);
}
