import { Clock } from "lucide-react";
import { Instant } from "./instant";

/** What a figure is true for: the position in the log and its time. `behind` says that newer entries are still being read. */
export function Freshness(props: { position: bigint; at: Date | null; zone: string; behind?: boolean }) {
  return (
    <p className="freshness">
      <Clock aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      <span>
        True at position <span className="folio-number">{props.position.toString()}</span>
        {props.at ? (
          <>
            , <Instant at={props.at} zone={props.zone} as="second" />
          </>
        ) : null}
        {props.behind ? <span className="text-warn"> · Newer entries are being read.</span> : null}
      </span>
    </p>
  );
}
