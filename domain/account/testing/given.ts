import { expect } from "vitest";
import { type Account, decide, evolve, unopened } from "../account";
import type { AccountCommand } from "../commands";
import type { AccountEvent } from "../events";
import type { AccountRefusal } from "../refusals";

/** given(what happened).when(command).thenEvents(…) | .thenRefused(…) */
export function given(...history: readonly AccountEvent[]) {
  const account = fold(history);
  return {
    when(command: AccountCommand) {
      const decision = decide(command, account);
      return {
        thenEvents(...events: readonly AccountEvent[]): void {
          expect(decision).toEqual({ ok: true, value: events });
          fold([...history, ...events]); // what was decided can always be folded
        },
        thenRefused(refusal: AccountRefusal): void {
          expect(decision).toEqual({ ok: false, refusal });
        },
      };
    },
  };
}

export function fold(history: readonly AccountEvent[]): Account {
  return history.reduce(evolve, unopened);
}
