import type { EventMetadata } from "@/infra/event-log/codec/metadata";
import { bankDate } from "../bank-date";
import type { Pending } from "./pending";

type Basis = { zone: string; build: string };

/** Who, for whom, in which role and how: what an auditor asks of every event. No name, e-mail or address, ever. */
export function eventMetadata(pending: Pending, decidedAt: Date, basis: Basis): EventMetadata {
  return {
    v: "1",
    ...commandContext(pending, basis.build),
    actor: pending.actor.userId,
    commandId: pending.commandId,
    decidedAt: decidedAt.toISOString(),
    bankDate: bankDate(decidedAt, basis.zone),
    ...(pending.at && { imported: "yes" as const }),
  };
}

/** The part that the row of a refused command keeps: it has no event to say it. */
export function commandContext({ actor, channel, correlationId, commandId }: Pending, build: string) {
  return {
    actingFor: actor.partyId,
    role: actor.role,
    authStrength: actor.authStrength,
    correlationId: correlationId ?? commandId,
    channel,
    build,
  };
}
