import { newCommandId } from "@/infra/ids";
import type { AttackedBank } from "./attacked-bank";
import { attack, type Finding, type Part } from "./part";
import { soundFields } from "./sound-fields";

const atOnce = 20;

/** The same money twice, by sending at the same time. */
export const moneyRaces: Part = {
  name: "money through races",
  async run(bank) {
    return [await sameId(bank), await belowZero(bank)];
  },
};

async function sameId(bank: AttackedBank): Promise<Finding> {
  const once = attack(`one command id sent ${atOnce} times at once is booked once`);
  const deposit = bank.action("deposit");
  for (const way of ["plain", "scripted"] as const) {
    const fields = { ...soundFields(deposit, bank.account), commandId: newCommandId(), amount: "3.00" };
    const before = await balanceOf(bank, bank.account);
    await Promise.all(Array.from({ length: atOnce }, () => bank.as("holder").act(deposit, { fields, way })));
    const after = await balanceOf(bank, bank.account);
    once.expect(after - before === 300n, `${atOnce} × the deposit of 3.00 under one id (${way}) made ${after - before} cents`);
  }
  return once.finding();
}

async function belowZero(bank: AttackedBank): Promise<Finding> {
  const kept = attack("withdrawals at once take no account below zero");
  const account = await bank.newAccount();
  const deposit = bank.action("deposit");
  await bank.as("holder").act(deposit, { fields: { ...soundFields(deposit, account), amount: "10.00" } });
  const withdraw = bank.action("withdraw");
  const tries = Array.from({ length: atOnce }, () => ({ ...soundFields(withdraw, account), amount: "4.00" }));
  const answers = await Promise.all(tries.map((fields) => bank.as("holder").act(withdraw, { fields })));
  const booked = answers.filter(({ status }) => status === 303).length;
  const balance = await balanceOf(bank, account);
  kept.expect(balance === 200n, `${atOnce} withdrawals of 4.00 from 10.00 at once leave ${balance} cents`);
  kept.expect(booked === 2, `${booked} of them were told to be booked`);
  return kept.finding();
}

/** By the events themselves: no read model is asked. */
async function balanceOf({ query }: AttackedBank, account: string): Promise<bigint> {
  const [row] = await query<{ sum: string }>(
    `select coalesce(sum((data -> 'amount' ->> 'minorUnits')::numeric * case type when 'MoneyDeposited' then 1 when 'MoneyWithdrawn' then -1 else 0 end), 0)::text as sum
       from events where stream_id = $1`,
    [account],
  );
  return BigInt(row?.sum ?? 0);
}
