import Form from "next/form";
import { Button } from "@/app/_components/button";
import { Field, SelectField } from "@/app/_components/field";
import type { AccountsParams } from "./accounts-params";

/** Search and filters of the staff's list, as a plain GET form: the URL is the state. */
export function AccountFilters({ params }: { params: AccountsParams }) {
  return (
    <Form prefetch={false} action="/accounts" className="filters" role="search" aria-label="Accounts">
      <div className="grow">
        <Field
          label="Number or holder"
          name="q"
          type="search"
          defaultValue={params.q}
          maxLength={80}
          autoComplete="off"
          data-shortcut="/"
        />
      </div>
      <SelectField label="Status" name="status" defaultValue={params.status}>
        <option value="all">Open and closed</option>
        <option value="open">Open</option>
        <option value="closed">Closed</option>
      </SelectField>
      <SelectField label="Order" name="sort" defaultValue={params.sort}>
        <option value="activity">Latest activity first</option>
        <option value="number">Account number</option>
      </SelectField>
      <Button type="submit">Show</Button>
    </Form>
  );
}
