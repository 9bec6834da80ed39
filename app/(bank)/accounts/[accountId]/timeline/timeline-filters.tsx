import Form from "next/form";
import { Button } from "@/app/_components/button";
import { SelectField } from "@/app/_components/field";
import type { TimelineParams } from "./timeline-params";

/** Filter and order of the timeline, as a plain GET form. */
export function TimelineFilters({ accountId, params }: { accountId: string; params: TimelineParams }) {
  return (
    <Form action={`/accounts/${accountId}/timeline`} className="filters" role="search" aria-label="Timeline">
      <SelectField label="Events" name="show" defaultValue={params.show} data-shortcut="/">
        <option value="all">Every event</option>
        <option value="deposits">Deposits</option>
        <option value="withdrawals">Withdrawals</option>
      </SelectField>
      <SelectField label="Order" name="order" defaultValue={params.order}>
        <option value="newest">Newest first</option>
        <option value="oldest">Oldest first</option>
      </SelectField>
      <Button type="submit">Show</Button>
    </Form>
  );
}
