import type { UserId } from "@/domain/ids";
import type { Pending } from "./pending";

export type QueueLimits = {
  commandsMax: number;
  waitMsMax: number;
  perActorMax: number;
  batchCommandsMax: number;
  /** So many are taken at once before any are left for the batch after. */
  batchCommandsMin: number;
  batchBytesMax: number;
};

export const queueLimits: QueueLimits = {
  commandsMax: 5_000,
  waitMsMax: 2_000,
  perActorMax: 100,
  batchCommandsMax: 500,
  batchCommandsMin: 8, // below, one more append costs more than deciding while another is written gains: decisions/0002
  batchBytesMax: 1_000_000,
};

/** First come, first served. Full means "busy, try again", said before anything is decided. */
export function createCommandQueue(limits: QueueLimits) {
  let waiting: Pending[] = [];
  const perActor = new Map<UserId, number>();

  const count = (actor: UserId, by: 1 | -1) => {
    const now = (perActor.get(actor) ?? 0) + by;
    if (now === 0) perActor.delete(actor);
    else perActor.set(actor, now);
  };

  return {
    get length() {
      return waiting.length;
    },
    accepts(actor: UserId): boolean {
      const oldest = waiting[0];
      if (waiting.length >= limits.commandsMax) return false;
      if ((perActor.get(actor) ?? 0) >= limits.perActorMax) return false;
      return oldest === undefined || performance.now() - oldest.waitingSinceMs < limits.waitMsMax;
    },
    push(command: Pending): void {
      waiting.push(command);
      count(command.actor.userId, 1);
    },
    /**
     * What waits, up to the bounds of one batch and to half of all that is on its way, `beingWritten` included: so that one half is decided
     * while the other is written, and neither side waits.
     */
    takeBatch(beingWritten = 0): Pending[] {
      const half = Math.max(limits.batchCommandsMin, Math.ceil((waiting.length + beingWritten) / 2));
      const commandsMax = Math.min(limits.batchCommandsMax, half);
      let bytes = 0;
      let taken = 0;
      for (const command of waiting) {
        bytes += command.bytes;
        if (taken > 0 && (taken >= commandsMax || bytes > limits.batchBytesMax)) break;
        taken++;
      }
      const batch = waiting.slice(0, taken);
      waiting = waiting.slice(taken);
      for (const command of batch) count(command.actor.userId, -1);
      return batch;
    },
  };
}
