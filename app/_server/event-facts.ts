import { eventName } from "@/domain/ids";
import type { EventInternals } from "@/infra/time-travel/event-detail";
import { commandWord } from "../_wording/command";

type Fact = readonly [label: string, text: string];

/** What the book holds of an event beside what it means: lines for the inspector of staff. */
export type EventFacts = {
  envelope: readonly Fact[];
  /** The JSON that the book holds and the hash covers: descriptions encrypted, in the version that it was written in. */
  stored: { payload: string; schemaVersion: number };
  /** What this build reads it as: the newest version of its type, descriptions in clear or "erased". */
  read: { payload: string; schemaVersion: number };
  command: { facts: readonly Fact[]; decidedAt: Date } | null;
};

export function eventFacts(
  { stored, storedData, liftedTo, previousHash, command }: EventInternals,
  description: string,
): EventFacts {
  const { metadata } = stored;
  return {
    envelope: [
      ["Name", eventName(stored.streamId, stored.version)],
      ["Position", stored.position.toString()],
      ["Type", `${stored.event.type}, schema ${stored.schemaVersion}`],
      ["Recorded", stored.recordedAt.toISOString()],
      ["Decided", `${metadata.decidedAt}, bank date ${metadata.bankDate}`],
      ["Actor", `${metadata.actor} as ${metadata.role}`],
      ...(metadata.actingFor === null ? [] : [["Acting for", metadata.actingFor] as const]),
      ["Channel", metadata.imported ? `${metadata.channel}, imported` : metadata.channel],
      ["Correlation", metadata.correlationId],
      ["Build", metadata.build],
      ["Hash before", previousHash ?? "none: the first event"],
      ["Hash", stored.hash.toString("hex")],
    ],
    stored: { payload: JSON.stringify(storedData, null, 2), schemaVersion: stored.schemaVersion },
    read: { payload: readableText(stored.event.data, description), schemaVersion: liftedTo ?? stored.schemaVersion },
    command: command && {
      decidedAt: command.decidedAt,
      facts: [
        ["Command", commandWord(command.type)],
        ["Id", command.id],
        [
          "Outcome",
          command.outcome.ok ? `done: ${command.outcome.events.join(", ")}` : `refused: ${command.outcome.refusal.code}`,
        ],
      ],
    },
  };
}

// Amounts as digits; encrypted text as what it says, or as why it cannot be said.
function readableText(data: unknown, description: string): string {
  const readable = (name: string, value: unknown): unknown => {
    if (typeof value === "bigint") return value.toString();
    if (name === "description") return description;
    return value;
  };
  return JSON.stringify(data, readable, 2);
}
