import type { Actor } from "@/domain/access/policy";
import type { AccountCommand } from "@/domain/account/commands";
import type { CommandId } from "@/domain/ids";
import type { Reviewed } from "../outcome";

export type Channel = "web" | "terminal" | "job" | "import";

/**
 * A command as it is handed to the executor. `at` is the simulated moment of an import, absent otherwise. Under `review` it is refused as
 * ever, and the refusal recorded; what the account agrees to is told and not done.
 */
export type CommandRequest = {
  actor: Actor;
  commandId: CommandId;
  command: AccountCommand;
  channel: Channel;
  correlationId?: string;
  at?: Date;
  review?: true;
};

/** A command that waits for its answer. */
export type Pending = CommandRequest & {
  key: string;
  bytes: number;
  waitingSinceMs: number;
  answered: boolean;
  /** What it was answered; undefined until then. */
  outcome: Reviewed["kind"] | undefined;
  promise: Promise<Reviewed>;
  answer: (outcome: Reviewed) => void;
};

/** Commands are keyed by (actor, id): another person's id reveals and changes nothing. */
export function pendingKey(request: { actor: Actor; commandId: CommandId }): string {
  return `${request.actor.userId} ${request.commandId}`;
}

export function pending(request: CommandRequest): Pending {
  let resolve: (outcome: Reviewed) => void = () => {};
  const promise = new Promise<Reviewed>((done) => {
    resolve = done;
  });
  const self: Pending = {
    ...request,
    key: pendingKey(request),
    bytes: estimatedBytes(request.command),
    waitingSinceMs: performance.now(),
    answered: false,
    outcome: undefined,
    promise,
    answer(outcome) {
      self.answered = true;
      self.outcome = outcome.kind;
      resolve(outcome);
    },
  };
  return self;
}

// Envelope, metadata and hash of one event and its command row come to about 1.5 kB; only texts vary.
function estimatedBytes(command: AccountCommand): number {
  const text =
    "description" in command && command.description && "plain" in command.description ? command.description.plain.length : 0;
  return 1_500 + 8 * text;
}
