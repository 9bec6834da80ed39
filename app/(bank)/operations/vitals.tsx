import type { ReactNode } from "react";
import { Instant } from "@/app/_components/time/instant";
import type { BankHealth } from "@/app/_server/operations";
import { BatchSizes } from "./batch-sizes";
import { ahead, duration, minutes, whole } from "./figures";

/** The figures of the bank, in three groups: the book, its database, and the commands of this process. */
export function Vitals({ health, zone }: { health: BankHealth; zone: string }) {
  const { head, headAt, protection, database, commands } = health;
  const { seals, verification } = health.book;
  return (
    <>
      <Group name="The book">
        <Figure name="Head">{whole(head)}</Figure>
        <Figure name="Last event">{headAt ? <Instant at={headAt} zone={zone} as="second" /> : "none yet"}</Figure>
        <Figure name="Events in the last minute">{whole(database.eventsLastMinute)}</Figure>
        <Figure name="Not sealed yet">{seals.unsealed === 0n ? "none" : `${whole(seals.unsealed)} of ${whole(head)}`}</Figure>
        <Figure name="Commands not sealed yet">{unsealedCommands(seals)}</Figure>
        <Figure name="Last seal">
          {seals.lastSealedAt ? <Instant at={seals.lastSealedAt} zone={zone} as="second" /> : "none yet"}
        </Figure>
        <Figure name="Last verified">
          {verification ? (
            <>
              {verification.finishedAt ? <Instant at={verification.finishedAt} zone={zone} as="second" /> : "at an unknown time"}:{" "}
              {verification.sound ? "sound" : "a fault"}
            </>
          ) : (
            "never"
          )}
        </Figure>
        <Figure name="Being verified again">{`${whole(health.book.verifier.position)} of ${whole(head)}`}</Figure>
        {verification?.fault ? <Figure name="First fault">{verification.fault}</Figure> : null}
      </Group>
      <Group name="The database">
        <Figure name="Log protected by">{protection}</Figure>
        <Figure name="Its clock against ours">{ahead(database.clockAheadMs)}</Figure>
        <Figure name="Notification queue used">{`${(database.notificationQueueUsage * 100).toFixed(1)} %`}</Figure>
      </Group>
      <Group name={`Commands of this process, in the last ${minutes(commands.overMs)}`}>
        <Figure name="Answered">{whole(commands.answered)}</Figure>
        <Figure name="Waiting now">{whole(commands.waiting)}</Figure>
        <Figure name="Appends">{whole(commands.appends)}</Figure>
        <Figure name="Appends that lost to another">{whole(commands.conflicts)}</Figure>
        <Figure name="Decided holding the gate">{whole(commands.gateHeld)}</Figure>
        <Figure name="Half of them waited at most">{waited(commands.wait.p50)}</Figure>
        <Figure name="99 of 100 waited at most">{waited(commands.wait.p99)}</Figure>
        <Figure name="Answered since it started">{whole(commands.answeredEver)}</Figure>
      </Group>
      <BatchSizes batch={commands.batch} over={minutes(commands.overMs)} />
    </>
  );
}

const waited = (seconds: number | null) => (seconds === null ? "–" : duration(seconds * 1_000));

/** Those refused since the last event wait for the next one to be sealed with. */
function unsealedCommands({ unsealedCommands: { count, orMore } }: BankHealth["book"]["seals"]): string {
  return count === 0n ? "none" : `${whole(count)}${orMore ? " or more" : ""}`;
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} className="mb-6">
      <h2 className="mb-2">{name}</h2>
      <dl className="totals">{children}</dl>
    </section>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="text-lg">{children}</dd>
    </div>
  );
}
