import { unreachable } from "@/domain/unreachable";
import type { CommandState, Typed } from "./command-state";
import type { Failure } from "./failure";
import type { LookedUp } from "./look-up";

type Sent = { typed: Typed; commandId: string };

/** How a command form goes on to which no action answered. */
export function stateOfFailure(failure: Failure, sent: Sent): CommandState {
  switch (failure.kind) {
    case "older":
      return { kind: "older", ...sent };
    case "told":
      return { kind: "unsent", ...sent, ...failure.words };
    case "offline":
      return { kind: "unsent", ...sent, title: "You are offline", text: "Nothing was sent, and nothing was booked." };
    case "failed":
      return { kind: "checking", ...sent, why: "failed", reference: failure.reference };
    case "lost":
    case "foreign":
      return { kind: "checking", ...sent, why: failure.kind };
    default:
      return unreachable(failure);
  }
}

type Checking = Extract<CommandState, { kind: "checking" }>;
type Found = Exclude<LookedUp, { kind: "done" | "signed_out" | "deciding" }>;

/** How it goes on once the look-up has ended. `nextId`: for the next intent, after a refusal. */
export function stateOfFound(found: Found, state: Checking, nextId: string): CommandState {
  const { typed, commandId, why, reference } = state;
  switch (found.kind) {
    case "refused":
      return { kind: "refused", typed, commandId: nextId, title: found.title, text: found.text };
    case "absent":
      return reference === undefined
        ? { kind: "unsent", typed, commandId, ...absentWords[why] }
        : { kind: "failed", typed, commandId, reference };
    case "unknown":
      return { kind: "unknown", typed, commandId, why };
    default:
      return unreachable(found);
  }
}

const absentWords: Readonly<Record<Checking["why"], { title: string; text: string }>> = {
  lost: { title: "It was not booked", text: "The connection broke before it reached the book." },
  foreign: {
    title: "Something else than Daybook answered",
    text: "A proxy or the sign-in page of a network may stand in between. It was not booked.",
  },
  failed: { title: "It was not booked", text: "Something went wrong on our side before it reached the book." },
  busy: { title: "It was not booked", text: "The book could not be reached in time." },
};
