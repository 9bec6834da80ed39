import { z } from "zod";
import { type Filters, readFilters, type Search, searchText } from "@/app/_forms/read-filters";
import { unitsMax } from "@/domain/text/bounds";

export const accountsInput = z.object({
  q: searchText(80),
  status: z.enum(["all", "open", "closed"]).catch("all"),
  sort: z.enum(["activity", "number"]).catch("activity"),
  /** Where the page before ended: the key of its last row, of whatever the table holds there. */
  after: z.string().max(unitsMax.cursor, { abort: true }).optional().catch(undefined),
});

export type AccountsParams = z.infer<typeof accountsInput>;

/** What the URL of the list says; a choice that there is none of falls back to "everything". */
export const readAccountsParams = (search: Search): Filters<AccountsParams> => readFilters(accountsInput, search);

/** The address of the same list with something changed; a change of filter or order starts from its first page. */
export function accountsHref(params: AccountsParams, change: Partial<AccountsParams>) {
  const { after, ...rest } = { ...params, after: undefined, ...change };
  const query = accountsQuery(rest);
  if (after) query.set("after", after);
  return query.size === 0 ? ("/accounts" as const) : (`/accounts?${query}` as const);
}

/** Filters and order alone, as a query. */
export function accountsQuery({ q, status, sort }: Omit<AccountsParams, "after">): URLSearchParams {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  if (status !== "all") query.set("status", status);
  if (sort !== "activity") query.set("sort", sort);
  return query;
}
