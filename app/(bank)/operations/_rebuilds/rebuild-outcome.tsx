import type { ReactNode } from "react";
import { Instant } from "@/app/_components/time/instant";
import type { LastRebuild } from "@/app/_server/rebuilds";
import { duration, whole } from "../figures";
import { Differences } from "./differences";

/** How the last rebuild ended or why it waits: compared with what result, when, asked for by whom; and what is kept. */
export function RebuildOutcome({ last, zone }: { last: LastRebuild | undefined; zone: string }) {
  if (!last) return <p className="text-ink-2">It stands as its reader has made it, event by event.</p>;
  return (
    <>
      {told(last, zone)}
      {last.keptPosition === null ? null : (
        <p className="text-ink-2">
          The one before is kept: revision {last.keptRevision}, true at position {whole(last.keptPosition)}.
        </p>
      )}
    </>
  );
}

function told(last: LastRebuild, zone: string): ReactNode {
  const { status, done, target, fault, startedAt, finishedAt, endedBy, askedBy, askedAgainBy } = last;
  const ended = finishedAt ? <Instant at={finishedAt} zone={zone} as="second" /> : "just now";
  const asked = `asked for by ${askedBy}${askedAgainBy === null ? "" : `, again by ${askedAgainBy}`}`;
  const by = (
    <>
      {ended}, {asked}
    </>
  );
  switch (status) {
    case "swapped":
      return (
        <>
          <p>
            Made anew from {whole(done)} events{finishedAt ? ` in ${duration(finishedAt.getTime() - startedAt.getTime())}` : null}
            , {by}.
          </p>
          <Differences last={last} />
        </>
      );
    case "rolled_back":
      return <p>Gone back to the one before, {by}.</p>;
    case "cancelled":
      return (
        <p>
          Cancelled {ended}
          {endedBy === null ? null : ` by ${endedBy}`}; {asked}. Nothing was changed.
        </p>
      );
    case "differs":
      return (
        <>
          <p>Not swapped in: the same fold came to other rows, so one of the two was changed by something else.</p>
          <Differences last={last} />
        </>
      );
    case "failed":
      return (
        <p>
          It cannot go on at {whole(done)} of {whole(target)} events: <span className="wrap-anywhere">{fault}</span>
        </p>
      );
    default:
      return (
        <p>
          Left{endedBy === null ? null : ` by ${endedBy}`} at {whole(done)} of {whole(target)} events. It goes on there when it is
          asked for again.
        </p>
      );
  }
}
