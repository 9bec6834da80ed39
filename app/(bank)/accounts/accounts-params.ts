import { z } from "zod";

const hasNoNul = (text: string) => !text.includes("\u0000"); // no database holds one

const shape = z.object({
  q: z.string().trim().max(80).refine(hasNoNul).catch(""),
  status: z.enum(["all", "open", "closed"]).catch("all"),
  sort: z.enum(["activity", "number"]).catch("activity"),
  after: z.string().max(120).refine(hasNoNul).optional().catch(undefined),
});

export type AccountsParams = z.infer<typeof shape>;

/** What the URL of the list says; anything misshapen falls back to "everything". */
export const readAccountsParams = (search: Record<string, string | string[] | undefined>): AccountsParams => shape.parse(search);

/** The address of the same list with something changed; a change of filter or order starts from its first page. */
export function accountsHref(params: AccountsParams, change: Partial<AccountsParams>) {
  const { after, ...rest } = { ...params, after: undefined, ...change };
  const query = new URLSearchParams();
  if (rest.q) query.set("q", rest.q);
  if (rest.status !== "all") query.set("status", rest.status);
  if (rest.sort !== "activity") query.set("sort", rest.sort);
  if (after) query.set("after", after);
  return query.size === 0 ? ("/accounts" as const) : (`/accounts?${query}` as const);
}
