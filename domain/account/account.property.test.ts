import fc from "fast-check";
import { expect, test } from "vitest";
import { money } from "../money/money";
import { type Account, decide, evolve, unopened } from "./account";
import type { AccountCommand } from "./commands";
import { accountId, accountNumber, ada, currencyOf, deposit, withdraw } from "./testing/examples";

const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.info(`random histories: FC_SEED=${seed}`);

// The model: a purse with rules and limits of its own, written down apart from domain/.
type Purse = { life: "none" | "live" | "dead"; unit: string; cents: bigint };
type Step = { what: "open" | "in" | "out" | "shut"; unit: string; cents: bigint };

const MOST = 1_000_000_000_000_000n;
const FULL = 1_000_000_000_000_000_000n;

/** What a purse answers: undefined if it does it, else a word for why not. */
function ask(purse: Purse, step: Step): string | undefined {
  if (step.what === "open")
    return purse.life === "none" ? undefined : purse.life === "live" ? "account_already_open" : "account_closed";
  if (purse.life !== "live") return purse.life === "none" ? "account_not_open" : "account_closed";
  if (step.what === "shut") return purse.cents === 0n ? undefined : "balance_not_zero";
  if (step.unit !== purse.unit) return "currency_mismatch";
  if (step.cents < 1n) return "amount_not_positive";
  if (step.cents > MOST) return "amount_too_large";
  if (step.what === "in") return purse.cents + step.cents > FULL ? "balance_limit_exceeded" : undefined;
  return step.cents > purse.cents ? "insufficient_funds" : undefined;
}

function after(purse: Purse, step: Step): Purse {
  switch (step.what) {
    case "open":
      return { life: "live", unit: step.unit, cents: 0n };
    case "shut":
      return { ...purse, life: "dead" };
    case "in":
      return { ...purse, cents: purse.cents + step.cents };
    case "out":
      return { ...purse, cents: purse.cents - step.cents };
  }
}

const unit = fc.oneof({ weight: 20, arbitrary: fc.constant("EUR") }, { weight: 1, arbitrary: fc.constant("JPY") });
const cents = fc.oneof(fc.bigInt(1n, 1000n), fc.bigInt(-1n, 1n), fc.bigInt(1n, MOST + 2n), fc.constantFrom(MOST, MOST + 1n));
const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ what: fc.constant<Step["what"]>("open"), unit, cents }) },
  { weight: 9, arbitrary: fc.record({ what: fc.constant<Step["what"]>("in"), unit, cents }) },
  { weight: 9, arbitrary: fc.record({ what: fc.constant<Step["what"]>("out"), unit, cents }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant<Step["what"]>("shut"), unit, cents }) },
);
const opening: Step = { what: "open", unit: "EUR", cents: 0n };
const history = fc
  .tuple(fc.boolean(), fc.array(step, { maxLength: 60, size: "max" }))
  .map(([openedFirst, steps]) => (openedFirst ? [opening, ...steps] : steps));

test("random histories end as in an independent model, refusal by refusal", () => {
  fc.assert(
    fc.property(history, (steps) => {
      let purse: Purse = { life: "none", unit: "", cents: 0n };
      let account: Account = unopened;
      for (const step of steps) {
        const why = ask(purse, step);
        const decision = decide(commandOf(step), account);
        expect(decision.ok ? undefined : decision.refusal.code).toBe(why);
        if (decision.ok) {
          purse = after(purse, step);
          account = decision.value.reduce(evolve, account);
        }
        expect(account.status === "unopened" ? 0n : account.balance).toBe(purse.cents);
        expect(account.status).toBe({ none: "unopened", live: "open", dead: "closed" }[purse.life]);
      }
    }),
    { seed, numRuns: 400 },
  );
});

test("the model's money is what went in less what went out, so no history makes or loses a cent", () => {
  fc.assert(
    fc.property(history, (steps) => {
      let account: Account = unopened;
      let net = 0n;
      for (const step of steps) {
        const decision = decide(commandOf(step), account);
        if (!decision.ok) continue;
        account = decision.value.reduce(evolve, account);
        net += step.what === "in" ? step.cents : step.what === "out" ? -step.cents : 0n;
        expect(net >= 0n).toBe(true);
      }
      expect(account.status === "unopened" ? 0n : account.balance).toBe(net);
    }),
    { seed, numRuns: 200 },
  );
});

function commandOf(step: Step): AccountCommand {
  const amount = money(step.cents, currencyOf(step.unit));
  switch (step.what) {
    case "open":
      return {
        type: "OpenAccount",
        accountId,
        accountNumber,
        currency: currencyOf(step.unit),
        holders: [ada],
        product: "current",
      };
    case "in":
      return deposit(amount);
    case "out":
      return withdraw(amount);
    case "shut":
      return { type: "CloseAccount", accountId };
  }
}
