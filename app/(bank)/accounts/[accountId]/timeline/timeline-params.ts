import { z } from "zod";
import { type Filters, readFilters, type Search } from "@/app/_forms/read-filters";
import { parseCalendarDay } from "@/app/_moments/calendar-day";

export const TIMELINE_STEP = 30;
export const TIMELINE_COUNT_MAX = 300;

const version = z.coerce
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 2)
  .optional()
  .catch(undefined);

const day = z
  .string()
  .optional()
  .catch(undefined)
  .transform((text, context): string | undefined => {
    if (!text) return undefined;
    if (parseCalendarDay(text)) return text;
    context.addIssue("No calendar has this day. Choose one from 1970 to 9999.");
    return z.NEVER;
  });

export const timelineInput = z
  .object({
    order: z.enum(["newest", "oldest"]).catch("newest"),
    show: z.enum(["all", "deposits", "withdrawals"]).catch("all"),
    /** Days in the viewer's zone, both included. */
    since: day,
    until: day,
    count: z.coerce.number().int().min(TIMELINE_STEP).max(TIMELINE_COUNT_MAX).catch(TIMELINE_STEP),
    /** Start beyond this event, in the order shown. */
    from: version,
    /** The event in the inspector. */
    event: version,
  })
  .refine(({ since, until }) => !since || !until || since <= until, {
    path: ["until"],
    error: "The last day is before the first. Choose a later one.",
  });

export type TimelineParams = z.infer<typeof timelineInput>;

export const isFiltered = ({ show, since, until }: TimelineParams): boolean =>
  show !== "all" || since !== undefined || until !== undefined;

export const readTimelineParams = (search: Search): Filters<TimelineParams> => readFilters(timelineInput, search);

/** The address of the same timeline with something changed; defaults are left out of it. */
export function timelineHref(
  accountId: string,
  params: TimelineParams,
  change: { [K in keyof TimelineParams]?: TimelineParams[K] | undefined },
) {
  const next = { ...params, ...change };
  const query = timelineQuery(next);
  if (next.count !== TIMELINE_STEP) query.set("count", String(next.count));
  if (next.from !== undefined) query.set("from", String(next.from));
  if (next.event !== undefined) query.set("event", String(next.event));
  return query.size === 0 ? (`/accounts/${accountId}/timeline` as const) : (`/accounts/${accountId}/timeline?${query}` as const);
}

/** Filter and order alone, as a query. */
export function timelineQuery({ order, show, since, until }: { [K in keyof TimelineParams]?: TimelineParams[K] | undefined }) {
  const query = new URLSearchParams();
  if (order === "oldest") query.set("order", order);
  if (show !== undefined && show !== "all") query.set("show", show);
  if (since !== undefined) query.set("since", since);
  if (until !== undefined) query.set("until", until);
  return query;
}
