import Form from "next/form";
import { Button } from "@/app/_components/button";
import { Field, SelectField } from "@/app/_components/field";
import { type Filters, formerField } from "@/app/_forms/read-filters";
import { type AccountsParams, accountsQuery } from "./accounts-params";

/** Search and filters of the staff's list, as a plain GET form: the URL is the state. */
export function AccountFilters({ params, typed, errors }: Filters<AccountsParams>) {
  const former = accountsQuery(params);
  return (
    <Form prefetch={false} action="/accounts" className="filters" role="search" aria-label="Accounts">
      {former.size > 0 ? <input type="hidden" name={formerField} value={former.toString()} /> : null}
      <div className="grow">
        <Field
          label="Account, holder, e-mail or customer number"
          name="q"
          type="search"
          defaultValue={typed.q ?? params.q}
          error={errors.q}
          autoComplete="off"
          data-shortcut="/"
        />
      </div>
      <SelectField label="Status" name="status" defaultValue={typed.status ?? params.status}>
        <option value="all">Open and closed</option>
        <option value="open">Open</option>
        <option value="closed">Closed</option>
      </SelectField>
      <SelectField label="Order" name="sort" defaultValue={typed.sort ?? params.sort}>
        <option value="activity">Latest activity first</option>
        <option value="number">Account number</option>
      </SelectField>
      <Button type="submit">Show</Button>
    </Form>
  );
}
