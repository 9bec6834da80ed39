import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@/domain/access/policy";
import type { AccountId, CommandId } from "@/domain/ids";
import { newCommandId } from "../ids";
import type { Runtime } from "../runtime";
import { waitMsMax } from "./patience";
import { deposit, give } from "./test-bank";

const everyMs = 40;
const openMax = 60; // below what one actor may have waiting
const askAgainMs = 100;

/** What became of a customer's deposits of one cent, each asked again under its id until the answer was definite. */
export type Deposits = {
  readonly done: ReadonlySet<CommandId>;
  /** How often each other answer was given. */
  readonly others: ReadonlyMap<string, number>;
  /** Asks for nothing more; resolves once everything asked for is done, and throws where that takes too long. */
  finish(): Promise<void>;
};

/** Deposits one cent after another, whatever happens to the bank meanwhile. */
export function steadyDeposits(runtime: Runtime, { actor, accountId }: { actor: Actor; accountId: AccountId }): Deposits {
  const done = new Set<CommandId>();
  const others = new Map<string, number>();
  const open = new Set<Promise<void>>();
  let finishing = false;
  let deadlineMs = Number.POSITIVE_INFINITY;

  async function seeThrough(commandId: CommandId): Promise<void> {
    while (performance.now() < deadlineMs) {
      const { kind } = await give(deposit(accountId, 1n), { runtime, actor, commandId });
      if (kind === "done") return void done.add(commandId);
      others.set(kind, (others.get(kind) ?? 0) + 1);
      await sleep(askAgainMs);
    }
    throw new Error(`the deposit ${commandId} never came to an end`);
  }

  const asking = (async () => {
    while (!finishing) {
      await sleep(everyMs);
      if (open.size >= openMax) continue;
      const one = seeThrough(newCommandId()).finally(() => open.delete(one));
      one.catch(() => {}); // told by `finish`
      open.add(one);
    }
  })();

  return {
    done,
    others,
    async finish() {
      finishing = true;
      deadlineMs = performance.now() + waitMsMax;
      await asking;
      await Promise.all(open);
    },
  };
}
