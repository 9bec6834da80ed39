import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { UnreadableRow as Row } from "@/app/_server/unreadable-rows";
import { Link } from "./link";

type Props = {
  row: Pick<Row, "id" | "column">;
  /** What the row is of, in the reader's own words, where the list knows them. */
  name?: string | null | undefined;
  /** Where more is told; null where the row does not say what it is of. */
  to?: { href: string; text: string } | null | undefined;
  children?: ReactNode;
};

/** The line of a ledger whose row cannot be shown: that it is there, which it is, and where to look. `folio`: the ledger has that column. */
export function UnreadableTableRow({ columns, folio = false, ...props }: Props & { columns: number; folio?: boolean }) {
  return (
    <tr className="unreadable">
      {folio ? <td className="folio" /> : null}
      <td className="lead" colSpan={folio ? columns - 1 : columns}>
        <UnreadableText {...props} />
      </td>
    </tr>
  );
}

/** To the row's event in the log, which the read models are made from. */
export function eventLink({ of }: Row): { href: string; text: string } | null {
  if (!of) return null;
  const { accountId, version } = of;
  return version === null
    ? { href: `/accounts/${accountId}`, text: "Open the account" }
    : { href: `/accounts/${accountId}/timeline?event=${version}`, text: "See the event in the timeline" };
}

/** The same words for lists that are no tables. */
export function UnreadableText({ row, name, to, children }: Props) {
  return (
    <div className="unreadable-text">
      <TriangleAlert aria-hidden="true" />
      <div className="min-w-0">
        <p>
          {name ? `${name}: this row cannot be shown` : "This row cannot be shown"}
          {to ? (
            <>
              {" · "}
              <Link href={to.href as "/"} data-row>
                {to.text}
              </Link>
            </>
          ) : null}
        </p>
        <p className="unreadable-id">
          <span className="mono">{row.id || "(no id)"}</span>
          {row.column === null ? null : ` · its ${row.column.replaceAll("_", " ")} holds what Daybook never writes`}
        </p>
        {children}
      </div>
    </div>
  );
}
