import Form from "next/form";
import { Button } from "@/app/_components/button";
import { Field, SelectField } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { type Filters, formerField } from "@/app/_forms/read-filters";
import { isFiltered, type TimelineParams, timelineHref, timelineQuery } from "./timeline-params";

const everything = { show: "all", since: undefined, until: undefined, from: undefined } as const;

/** Filter and order of the timeline, as a plain GET form. */
export function TimelineFilters({ accountId, params, typed, errors }: Filters<TimelineParams> & { accountId: string }) {
  const former = timelineQuery(params);
  return (
    <Form prefetch={false} action={`/accounts/${accountId}/timeline`} className="filters" role="search" aria-label="Timeline">
      {former.size > 0 ? <input type="hidden" name={formerField} value={former.toString()} /> : null}
      <SelectField label="Events" name="show" defaultValue={typed.show ?? params.show} data-shortcut="/">
        <option value="all">Every event</option>
        <option value="deposits">Deposits</option>
        <option value="withdrawals">Withdrawals</option>
      </SelectField>
      <Field label="From day" name="since" type="date" defaultValue={typed.since ?? params.since ?? ""} error={errors.since} />
      <Field label="To day" name="until" type="date" defaultValue={typed.until ?? params.until ?? ""} error={errors.until} />
      <SelectField label="Order" name="order" defaultValue={typed.order ?? params.order}>
        <option value="newest">Newest first</option>
        <option value="oldest">Oldest first</option>
      </SelectField>
      <Button type="submit">Show</Button>
      {isFiltered(params) || Object.keys(errors).length > 0 ? (
        <Link href={timelineHref(accountId, params, everything)} className="button button-quiet">
          Every event
        </Link>
      ) : null}
    </Form>
  );
}
