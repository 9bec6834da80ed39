import { z } from "zod";
import { type Filters, readFilters, type Search, searchText } from "@/app/_forms/read-filters";

export const holderInput = z.object({
  q: searchText(80),
  /** Whom the account is for. */
  holder: z.string().max(64, { abort: true }).catch(""),
  /** Where the page before ended: the skeleton of a name, and a party. */
  after: z.string().max(240, { abort: true }).optional().catch(undefined),
});

export type HolderParams = z.infer<typeof holderInput>;

export const readHolderParams = (search: Search): Filters<HolderParams> => readFilters(holderInput, search);
