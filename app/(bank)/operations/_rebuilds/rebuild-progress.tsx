import type { ReactNode } from "react";
import { Instant } from "@/app/_components/time/instant";
import type { LastRebuild, RebuildPhase } from "@/app/_server/rebuilds";
import { duration, perSecond, whole } from "../figures";

const words: Record<RebuildPhase, string> = {
  folding: "Folding the log",
  indexing: "All events are folded: making the indexes",
  comparing: "Comparing it with the one that screens read",
  waiting: "Level: waiting for its moment to be swapped in",
};

type Props = { name: string; last: LastRebuild; phase: RebuildPhase; zone: string };

/** How far a rebuild is that goes on. The page refreshes while it moves. */
export function RebuildProgress({ name, last, phase, zone }: Props) {
  const { done, target, fault, purpose, askedBy, askedAgainBy, startedAt, workers, eventsPerSecond, eventsPerSecondMax, msLeft } =
    last;
  const share = target === 0n ? 1 : Math.min(1, Number(done) / Number(target));
  return (
    <>
      <p>
        {purpose === "roll_back" ? "Going back. " : null}
        {words[phase]}.{fault ? <span className="text-warn"> It {fault}.</span> : null}
      </p>
      <progress className="progress" value={share} max={1} aria-label={`Events folded for ${name}`}>
        {Math.floor(share * 100)} %
      </progress>
      <dl className="rebuild-facts">
        <Fact name="Events">
          {whole(done)} of {whole(target)} ({Math.floor(share * 100)} %)
        </Fact>
        <Fact name="Rate">
          {eventsPerSecond === null ? "not measured yet" : perSecond(eventsPerSecond)}
          {eventsPerSecondMax === null ? ", no brake" : `, at most ${whole(eventsPerSecondMax)}`}
        </Fact>
        {phase === "folding" ? <Fact name="Left">{msLeft === null ? "–" : `about ${duration(msLeft)}`}</Fact> : null}
        <Fact name="Workers">{workers}</Fact>
        <Fact name="Asked for">
          by {askedBy}, <Instant at={startedAt} zone={zone} as="second" />
          {askedAgainBy === null ? null : `; again by ${askedAgainBy}`}
        </Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
