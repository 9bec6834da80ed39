import type { UserId } from "@/domain/ids";
import type { Pending } from "./pending";

export type QueueLimits = {
  commandsMax: number;
  waitMsMax: number;
  perActorMax: number;
  batchCommandsMax: number;
  batchBytesMax: number;
};

export const queueLimits: QueueLimits = {
  commandsMax: 5_000,
  waitMsMax: 2_000,
  perActorMax: 100,
  batchCommandsMax: 500,
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
    /** Everything that waits, up to the bounds of one batch. */
    takeBatch(): Pending[] {
      let bytes = 0;
      let taken = 0;
      for (const command of waiting) {
        bytes += command.bytes;
        if (taken > 0 && (taken >= limits.batchCommandsMax || bytes > limits.batchBytesMax)) break;
        taken++;
      }
      const batch = waiting.slice(0, taken);
      waiting = waiting.slice(taken);
      for (const command of batch) count(command.actor.userId, -1);
      return batch;
    },
  };
}
