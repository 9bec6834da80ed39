import { z } from "zod";
import type { Account, OpenedAccount } from "@/domain/account/account";
import { products } from "@/domain/account/product";
import { minorUnits } from "@/domain/money/money";
import { accountNumber, currency, digits, holders } from "../event-log/codec/stored-values";

/** The fold's state as JSON; the table's `revision` says by which fold. Holds no personal text. */
const snapshot = z.strictObject({
  status: z.enum(["open", "closed"]),
  accountNumber,
  currency,
  exponent: digits,
  holders,
  product: z.enum(products),
  balance: z.string().regex(/^(0|-?[1-9]\d*)$/),
});

/** @throws for a state that no fold of this revision can have written. */
export function accountFromSnapshot(state: unknown): Account {
  const { exponent, balance, ...rest } = snapshot.parse(state);
  return { ...rest, exponent: Number(exponent), balance: minorUnits(BigInt(balance)) };
}

export function snapshotOf(account: OpenedAccount): unknown {
  return { ...account, exponent: account.exponent.toString(), balance: account.balance.toString() };
}
