import Form from "next/form";
import { Button } from "@/app/_components/button";
import { Field, SelectField } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { isFiltered, type TimelineParams, timelineHref } from "./timeline-params";

const everything = { show: "all", since: undefined, until: undefined, from: undefined } as const;

/** Filter and order of the timeline, as a plain GET form. */
export function TimelineFilters({ accountId, params }: { accountId: string; params: TimelineParams }) {
  return (
    <Form prefetch={false} action={`/accounts/${accountId}/timeline`} className="filters" role="search" aria-label="Timeline">
      <SelectField label="Events" name="show" defaultValue={params.show} data-shortcut="/">
        <option value="all">Every event</option>
        <option value="deposits">Deposits</option>
        <option value="withdrawals">Withdrawals</option>
      </SelectField>
      <Field label="From day" name="since" type="date" defaultValue={params.since ?? ""} />
      <Field label="To day" name="until" type="date" defaultValue={params.until ?? ""} />
      <SelectField label="Order" name="order" defaultValue={params.order}>
        <option value="newest">Newest first</option>
        <option value="oldest">Oldest first</option>
      </SelectField>
      <Button type="submit">Show</Button>
      {isFiltered(params) ? (
        <Link href={timelineHref(accountId, params, everything)} className="button button-quiet">
          Every event
        </Link>
      ) : null}
    </Form>
  );
}
