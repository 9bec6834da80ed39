import { z } from "zod";
import type { Search } from "@/app/_forms/read-filters";
import { chartRanges } from "@/app/_server/daily-balances";
import { parseCommandId } from "@/domain/ids";
import { unitsMax } from "@/domain/text/bounds";

export const entriesInput = z.object({
  command: z.string().max(unitsMax.id, { abort: true }).transform(parseCommandId).optional().catch(undefined),
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

export const readEntriesParams = (search: Search) => entriesInput.parse(search);
