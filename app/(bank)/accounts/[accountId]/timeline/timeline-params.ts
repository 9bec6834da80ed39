import { z } from "zod";
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
  .refine((text) => parseCalendarDay(text) !== undefined)
  .optional()
  .catch(undefined);

const shape = z.object({
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
});

export type TimelineParams = z.infer<typeof shape>;

export const isFiltered = ({ show, since, until }: TimelineParams): boolean =>
  show !== "all" || since !== undefined || until !== undefined;

export const readTimelineParams = (search: Record<string, string | string[] | undefined>): TimelineParams => shape.parse(search);

/** The address of the same timeline with something changed; defaults are left out of it. */
export function timelineHref(
  accountId: string,
  params: TimelineParams,
  change: { [K in keyof TimelineParams]?: TimelineParams[K] | undefined },
) {
  const next = { ...params, ...change };
  const query = new URLSearchParams();
  if (next.order === "oldest") query.set("order", next.order);
  if (next.show !== undefined && next.show !== "all") query.set("show", next.show);
  if (next.since !== undefined) query.set("since", next.since);
  if (next.until !== undefined) query.set("until", next.until);
  if (next.count !== TIMELINE_STEP) query.set("count", String(next.count));
  if (next.from !== undefined) query.set("from", String(next.from));
  if (next.event !== undefined) query.set("event", String(next.event));
  return query.size === 0 ? (`/accounts/${accountId}/timeline` as const) : (`/accounts/${accountId}/timeline?${query}` as const);
}
