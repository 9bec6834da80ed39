import Form from "next/form";
import { Button } from "@/app/_components/button";
import { Field, SelectField } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { type Filters, formerField } from "@/app/_forms/read-filters";
import { type ActivityParams, activityQuery, isFiltered } from "./activity-params";

/** Search of the bank-wide feed, as a plain GET form: the URL is the state. */
export function ActivityFilters({ params, typed, errors }: Filters<ActivityParams>) {
  const former = activityQuery(params);
  return (
    <Form prefetch={false} action="/activity" className="filters" role="search" aria-label="Activity">
      {former.size > 0 ? <input type="hidden" name={formerField} value={former.toString()} /> : null}
      <div className="grow">
        <Field
          label="Words"
          name="words"
          type="search"
          defaultValue={typed.words ?? params.words}
          error={errors.words}
          autoComplete="off"
          data-shortcut="/"
        />
      </div>
      <Field
        label="Account number"
        name="number"
        defaultValue={typed.number ?? params.number}
        error={errors.number}
        autoComplete="off"
      />
      <Field
        label="Amount"
        name="amount"
        inputMode="decimal"
        defaultValue={typed.amount ?? params.amount.text}
        error={errors.amount}
        autoComplete="off"
      />
      <SelectField label="What" name="show" defaultValue={typed.show ?? params.show}>
        <option value="all">Everything</option>
        <option value="deposits">Deposits</option>
        <option value="withdrawals">Withdrawals</option>
        <option value="openings">Openings</option>
        <option value="closings">Closings</option>
      </SelectField>
      <Button type="submit">Show</Button>
      {isFiltered(params) || Object.keys(errors).length > 0 ? (
        <Link href="/activity" className="button button-quiet">
          Clear
        </Link>
      ) : null}
    </Form>
  );
}
