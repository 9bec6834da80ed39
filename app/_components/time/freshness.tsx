import { Clock } from "lucide-react";
import { Instant } from "./instant";

type Props = { position: bigint; at: Date | null; zone: string; behind?: boolean; heldAt?: number; heldAccounts?: number };

/**
 * What a figure is true for: the position in the log and its time. `behind` says that newer entries are still being read; `heldAt`, that the
 * account's events from that one on are not in it; `heldAccounts`, that a list lacks such events of some accounts.
 */
export function Freshness(props: Props) {
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
        <Lack {...props} />
      </span>
    </p>
  );
}

function Lack({ behind, heldAt, heldAccounts = 0 }: Props) {
  if (heldAt !== undefined)
    return (
      <span className="text-warn">
        {" "}
        · Held at event {heldAt}: true up to event {heldAt - 1}, later ones wait.
      </span>
    );
  return (
    <>
      {behind ? <span className="text-warn"> · Newer entries are being read.</span> : null}
      {heldAccounts > 0 ? (
        <span className="text-warn">
          {" "}
          · {heldAccounts === 1 ? "One account is held, and its" : `${heldAccounts} accounts are held, and their`} later events
          wait.
        </span>
      ) : null}
    </>
  );
}
