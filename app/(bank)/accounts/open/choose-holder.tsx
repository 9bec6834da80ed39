import Form from "next/form";
import { Badge } from "@/app/_components/badge";
import { Button } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { Field } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import type { HolderChoice, HolderPage } from "@/app/_server/open-account";
import { formatCustomerNumber } from "@/domain/customer-number";
import type { HolderParams } from "./holder-params";

type Props = {
  page: HolderPage;
  params: HolderParams;
  typed: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
};

/** A search for the person whom the account is for, as a plain GET form, and what it found as links. */
export function ChooseHolder({ page, params, typed, errors }: Props) {
  const next = new URLSearchParams({ ...(params.q && { q: params.q }), after: page.next ?? "" });
  return (
    <section aria-labelledby="choose-holder">
      <h2 id="choose-holder" className="mb-3">
        Who is it for?
      </h2>
      <Form prefetch={false} action="/accounts/open" className="filters" role="search" aria-label="Customers">
        <div className="grow">
          <Field
            label="Name, e-mail, customer or account number"
            name="q"
            type="search"
            defaultValue={typed.q ?? params.q}
            error={errors.q}
            autoComplete="off"
            data-shortcut="/"
          />
        </div>
        <Button type="submit">Search</Button>
      </Form>
      {page.holders.length === 0 ? (
        <EmptyState title="Nobody matches">Write the beginning of each word of the name, or a whole number.</EmptyState>
      ) : (
        <ul className="sheet" aria-label="Customers found">
          {page.holders.map((holder) => (
            <HolderItem key={holder.partyId} holder={holder} />
          ))}
        </ul>
      )}
      {page.next ? (
        <nav className="pager" aria-label="Pages">
          <span />
          <Link href={`/accounts/open?${next}`}>More people</Link>
        </nav>
      ) : null}
    </section>
  );
}

const doubts = {
  staff: "Called like a member of staff",
  alike: "Others have this name, or one that looks like it",
  scripts: "Letters of several alphabets",
} as const;

function HolderItem({ holder }: { holder: HolderChoice }) {
  return (
    <li className="border-b border-rule p-4 last:border-b-0">
      <Link href={`/accounts/open?holder=${holder.partyId}`} className="row-link" data-row>
        <bdi>{holder.name}</bdi>
      </Link>{" "}
      {holder.doubtful ? <Badge tone="warn">{doubts[holder.doubtful]}</Badge> : null}
      <p className="text-ink-2">
        <span className="mono">{formatCustomerNumber(holder.customerNumber)}</span>
        {holder.email ? ` · ${holder.email}` : null}
      </p>
    </li>
  );
}
