import { type AccountNumber, accountNumberFrom } from "@/domain/account/account-number";
import type { AccountCommand } from "@/domain/account/commands";
import type { DepositSource } from "@/domain/account/deposit-source";
import type { AccountId, CommandId, PartyId } from "@/domain/ids";
import { type OfferedCurrency, parseOfferedCurrency } from "@/domain/money/currency";
import { money } from "@/domain/money/money";
import { unreachable } from "@/domain/unreachable";
import { daysBefore, instantOf } from "./days";
import { derivedAccountId, derivedCommandId } from "./derived-ids";
import type { DemoAccount } from "./life";
import { lives } from "./lives/lives";
import { type Moment, momentsOf } from "./moments";
import type { PersonKey } from "./people";
import { chance } from "./random";

export type DemoCommand = { at: Date; actor: PersonKey; commandId: CommandId; command: AccountCommand };

/** What a seed is turned into a book with. The same input gives the same commands, ids included. */
export type DemoBook = { seed: string; until: Date; parties: Readonly<Record<PersonKey, PartyId | null>> };

const MONTHS = 18;
const QUIET_MS = 10 * 60_000; // the last minutes before "now" belong to whoever looks at it

export type NumberedAccount = {
  account: DemoAccount;
  utcOffset: number;
  id: AccountId;
  number: AccountNumber;
  currency: OfferedCurrency;
};

/** All accounts of the book, with the ids and numbers that the seed gives them. */
export function demoAccounts({ seed, until }: Pick<DemoBook, "seed" | "until">): NumberedAccount[] {
  const days = daysBefore(until, MONTHS);
  const accounts = lives.flatMap((life) => life.accounts.map((account) => ({ account, utcOffset: life.utcOffset })));
  return accounts.map(({ account, utcOffset }, i) => ({
    account,
    utcOffset,
    id: derivedAccountId(seed, instantOf(days, account.openedOnDay, 9, 0), account.key),
    number: accountNumberFrom(BigInt(i + 1)),
    currency: currencyOf(account.currency),
  }));
}

/** Eighteen months of eight people's money, in order. Pure. */
export function generateBook({ seed, until, parties }: DemoBook): DemoCommand[] {
  const days = daysBefore(until, MONTHS);
  const accounts = demoAccounts({ seed, until });
  const moments = accounts.flatMap(({ account, utcOffset }) => momentsOfAccount(account, utcOffset));
  const last = until.getTime() - QUIET_MS;
  const inOrder = moments.filter(({ at }) => at.getTime() <= last).sort((a, b) => a.at.getTime() - b.at.getTime());

  const states = new Map(accounts.map((entry) => [entry.account.key, { ...entry, balance: 0n, isOpen: false, given: 0 }]));
  return inOrder.flatMap(happen);

  function momentsOfAccount(account: DemoAccount, utcOffset: number): Moment[] {
    const opensAt = instantOf(days, account.openedOnDay, 9.2, utcOffset);
    const open: Moment = { at: opensAt, account: account.key, wish: "open", by: account.openedBy };
    const wishes = account.habits.flatMap((habit, i) =>
      momentsOf(habit, { account, utcOffset, days, chance: chance(`${seed} ${account.key} ${i}`) }),
    );
    if (account.closedOnDay === undefined) return [open, ...wishes.filter(({ at }) => at > opensAt)];
    const closesAt = instantOf(days, account.closedOnDay, 17, utcOffset);
    const close: Moment = { at: closesAt, account: account.key, wish: "close", by: account.holders[0] };
    return [open, ...wishes.filter(({ at }) => at > opensAt && at < closesAt), close];
  }

  function happen(moment: Moment): DemoCommand[] {
    const state = states.get(moment.account);
    if (state === undefined) throw new Error(`No demo account ${moment.account}`);
    const { account, id, currency, balance } = state;
    switch (moment.wish) {
      case "open": {
        state.isOpen = true;
        const holders = account.holders.map(partyOf);
        return [
          give(moment, state, {
            type: "OpenAccount",
            accountId: id,
            accountNumber: state.number,
            currency,
            holders,
            product: account.product,
          }),
        ];
      }
      case "in":
        return [receive(moment, state, moment.amount, moment.text, moment.source)];
      case "out":
        // A refusal now and then is life; a second and a third at the same till is not.
        return moment.amount <= balance ? [pay(moment, state, moment.amount, moment.text)] : [];
      case "save": {
        const { keep, step, text, into } = moment.habit;
        const amount = ((balance - keep) / step) * step;
        const other = into && states.get(into.account);
        if (amount <= 0n || (into && !other?.isOpen)) return [];
        const arrives = into && other ? [receive(moment, other, amount, into.text, "transfer")] : [];
        return [pay(moment, state, amount, text), ...arrives];
      }
      case "overreach":
        return [withdraw(moment, state, beyond(moment.amount, balance), moment.text)];
      case "close":
        return [
          give(moment, state, { type: "CloseAccount", accountId: id }), // refused while there is money on it
          ...(balance > 0n ? [pay(moment, state, balance, "Everything that was left, moving to our joint account")] : []),
          give(moment, state, { type: "CloseAccount", accountId: id }),
        ];
      default:
        return unreachable(moment);
    }
  }

  type State = NumberedAccount & { given: number; balance: bigint };

  function pay(moment: Moment, state: State, amount: bigint, text: string): DemoCommand {
    state.balance -= amount;
    return withdraw(moment, state, amount, text);
  }

  function withdraw(moment: Moment, state: State, amount: bigint, text: string): DemoCommand {
    return give(moment, state, {
      type: "WithdrawMoney",
      accountId: state.id,
      amount: money(amount, state.currency),
      description: { plain: text },
    });
  }

  function receive(moment: Moment, state: State, amount: bigint, text: string, source: DepositSource): DemoCommand {
    state.balance += amount;
    return give(moment, state, {
      type: "DepositMoney",
      accountId: state.id,
      amount: money(amount, state.currency),
      source,
      description: { plain: text },
    });
  }

  function give({ at, by }: Moment, state: State, command: AccountCommand): DemoCommand {
    state.given += 1;
    return { at, actor: by, commandId: derivedCommandId(seed, at, `${state.account.key} ${state.given}`), command };
  }

  function partyOf(person: PersonKey): PartyId {
    const party = parties[person];
    if (party === null) throw new Error(`${person} holds no account: no party`);
    return party;
  }
}

/** An amount that is not there: twice, four times, … of what was asked. */
function beyond(amount: bigint, balance: bigint): bigint {
  return amount > balance ? amount : beyond(amount * 2n, balance);
}

function currencyOf(code: string): OfferedCurrency {
  const currency = parseOfferedCurrency(code);
  if (currency === undefined) throw new Error(`No currency ${code}`);
  return currency;
}
