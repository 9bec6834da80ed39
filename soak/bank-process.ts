import { createInterface } from "node:readline";
import type { AccountCommand } from "@/domain/account/commands";
import type { AccountId, CommandId, PartyId } from "@/domain/ids";
import { type OfferedCurrency, parseOfferedCurrency } from "@/domain/money/currency";
import { allocateAccount } from "@/infra/commands/allocate-account";
import { createRuntime } from "@/infra/runtime";
import { startSealer } from "@/infra/seals/sealer";
import { deposit, give, withdraw } from "@/infra/testing/test-bank";
import { testSecrets } from "@/infra/testing/test-secrets";
import { closePast } from "@/infra/time-travel/close-past";
import { accountForViewer } from "@/projections/account-balances/queries";
import { startRunner } from "@/projections/runner";
import { actorOf, askPast, type PastQuestion } from "@/soak/ask-past";
import type { Ask, ViewAnswer, Who } from "@/soak/history";
import { stepClock } from "@/soak/step-clock";

// One process of the bank as `next start` runs it, without pages: executor, runner, sealer. Orders and answers are JSON lines.

export type Order =
  | { kind: "command"; who: Who; command: string; ask: Ask }
  | ({ kind: "past"; closed: boolean } & PastQuestion)
  | { kind: "view"; who: Who; accountId: string }
  | { kind: "clock"; seconds: number };

const { SOAK_URLS: urls, SOAK_SEALS: sealFile } = process.env;
if (!urls || !sealFile) throw new Error("SOAK_URLS and SOAK_SEALS must be set");
const runtime = createRuntime({ urls: JSON.parse(urls), keys: testSecrets });
startRunner(runtime);
startSealer(runtime, sealFile);

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { n, order } = JSON.parse(line) as { n: number; order: Order };
    const say = (answer: unknown) => process.stdout.write(`${JSON.stringify({ n, answer })}\n`);
    answerTo(order).then(say, (error: unknown) => say({ error: String(error) }));
  })
  .on("close", () => void runtime.close().then(() => process.exit()));

async function answerTo(order: Order): Promise<unknown> {
  switch (order.kind) {
    case "command":
      return withWords(
        await give(await commandOf(order), { runtime, actor: actorOf(order.who), commandId: order.command as CommandId }),
      );
    case "past":
      if (order.closed) await closePast(runtime.pools.writer, new Date(order.t));
      return askPast(runtime, order);
    case "view":
      return viewAnswer(order);
    case "clock":
      return stepClock(order.seconds);
  }
}

async function commandOf({ who, ask }: Extract<Order, { kind: "command" }>): Promise<AccountCommand> {
  switch (ask.kind) {
    case "deposit":
      return deposit(ask.accountId as AccountId, BigInt(ask.minorUnits), ask.text);
    case "withdraw":
      return withdraw(ask.accountId as AccountId, BigInt(ask.minorUnits));
    case "close":
      return { type: "CloseAccount", accountId: ask.accountId as AccountId };
    case "open": {
      const currency = parseOfferedCurrency("EUR") as OfferedCurrency;
      return {
        type: "OpenAccount",
        ...(await allocateAccount(runtime.pools.writer)),
        currency,
        holders: [who.partyId as PartyId],
        product: "current",
      };
    }
  }
}

/** The outcome in plain JSON: amounts and positions as digits. */
function withWords(outcome: object): unknown {
  return JSON.parse(JSON.stringify(outcome, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value)));
}

async function viewAnswer({ who, accountId }: Extract<Order, { kind: "view" }>): Promise<ViewAnswer | null> {
  const view = await accountForViewer(runtime.pool, actorOf(who), accountId as AccountId);
  if (!view) return null;
  return { accountId, position: view.freshness.position.toString(), version: view.version, balance: view.balance.toString() };
}
