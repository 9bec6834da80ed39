import Form from "next/form";
import { Button } from "@/app/_components/button";
import { Field, SelectField } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { type ActivityParams, isFiltered } from "./activity-params";

/** Search of the bank-wide feed, as a plain GET form: the URL is the state. */
export function ActivityFilters({ params, amountRead }: { params: ActivityParams; amountRead: boolean }) {
  return (
    <Form prefetch={false} action="/activity" className="filters" role="search" aria-label="Activity">
      <div className="grow">
        <Field
          label="Words"
          name="words"
          type="search"
          defaultValue={params.words}
          maxLength={80}
          autoComplete="off"
          data-shortcut="/"
        />
      </div>
      <Field label="Account number" name="number" defaultValue={params.number} maxLength={40} autoComplete="off" />
      <Field
        label="Amount"
        name="amount"
        inputMode="decimal"
        defaultValue={params.amount}
        maxLength={40}
        autoComplete="off"
        error={amountRead ? undefined : "This is no amount in your number format."}
      />
      <SelectField label="What" name="show" defaultValue={params.show}>
        <option value="all">Everything</option>
        <option value="deposits">Deposits</option>
        <option value="withdrawals">Withdrawals</option>
        <option value="openings">Openings</option>
        <option value="closings">Closings</option>
      </SelectField>
      <Button type="submit">Show</Button>
      {isFiltered(params) ? (
        <Link href="/activity" className="button button-quiet">
          Clear
        </Link>
      ) : null}
    </Form>
  );
}
