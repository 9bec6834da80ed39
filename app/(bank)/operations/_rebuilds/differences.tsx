import type { LastRebuild } from "@/app/_server/rebuilds";
import { whole } from "../figures";

/** What the comparison of the new rows with the old ones came to. Rows are named, their values are not. */
export function Differences({ last: { compared, differences, firstDifference, status, accept } }: { last: LastRebuild }) {
  if (differences === null) return <p>There was nothing sound to compare it with.</p>;
  if (compared !== null && differences === 0n)
    return <p>{compared === 1n ? "The one row is" : `All ${whole(compared)} rows are`} as they were in the one before.</p>;
  const rows = `${whole(differences)} ${differences === 1n ? "row" : "rows"}${compared === null ? "" : ` of ${whole(compared)} compared`}`;
  const why = status === "differs" ? "" : accept ? ", and were accepted" : ", as those of a new fold may";
  return (
    <>
      <p className={status === "differs" ? "text-debit" : undefined}>
        {rows} differ{differences === 1n ? "s" : ""}
        {why}.
      </p>
      {firstDifference === null ? null : (
        <p>
          The first: <span className="mono">{firstDifference}</span>
        </p>
      )}
    </>
  );
}
