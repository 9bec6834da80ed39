import { z } from "zod";
import { chartRanges } from "@/app/_server/daily-balances";
import { parseCommandId } from "@/domain/ids";

const shape = z.object({
  command: z.string().transform(parseCommandId).optional().catch(undefined),
  /** Span of the balance chart. */
  range: z.enum(chartRanges).catch("3m"),
  /** Entries older than this version: paging by key, so new entries shift nothing. */
  before: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1)
    .optional()
    .catch(undefined),
});

export const readEntriesParams = (search: Record<string, string | string[] | undefined>) => shape.parse(search);
