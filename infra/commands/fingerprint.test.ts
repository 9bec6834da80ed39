import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { AccountCommand } from "@/domain/account/commands";
import { withDigits } from "@/infra/event-log/codec/digits";
import { newAccountId } from "@/infra/ids";
import { deposit, withdraw } from "@/infra/testing/test-bank";
import { differingFields, fingerprintOf, type RememberedInput } from "./fingerprint";

const key = Buffer.alloc(32, 7);
const account = newAccountId();
const sealed = { enc: "1", key: "key_x", iv: "iv", ct: "ct" };

/** As the row keeps it: the text sealed, its members in the order that jsonb gives them. */
function remembered(command: AccountCommand): RememberedInput {
  const { type, ...input } = withDigits(command) as AccountCommand & Record<string, unknown>;
  return {
    type,
    input: { ...("description" in input && { description: sealed }), amount: input.amount, accountId: input.accountId },
    fingerprint: fingerprintOf(command, key),
  };
}

test("only what the row seals is fingerprinted", () => {
  expect(fingerprintOf(deposit(account, 5n), key)).toEqual({});
  expect(Object.keys(fingerprintOf(deposit(account, 5n, "rent"), key))).toEqual(["description"]);
});

test("the same input differs in nothing", () => {
  for (const command of [deposit(account, 5n), deposit(account, 5n, "rent"), withdraw(account, 5n)])
    expect(differingFields(remembered(command), command, key)).toEqual([]);
});

test("other amounts, accounts and texts are named, and so is a text on one side only", () => {
  const first = remembered(deposit(account, 5n, "rent"));
  expect(differingFields(first, deposit(account, 6n, "rent"), key)).toEqual(["amount"]);
  expect(differingFields(first, deposit(newAccountId(), 5n, "rent"), key)).toEqual(["accountId"]);
  expect(differingFields(first, deposit(account, 5n, "Rent"), key)).toEqual(["description"]);
  expect(differingFields(first, deposit(account, 5n), key)).toEqual(["description"]);
  expect(differingFields(remembered(deposit(account, 5n)), deposit(account, 5n, "rent"), key)).toEqual(["description"]);
  expect(differingFields(first, withdraw(account, 5n), key)).toEqual(["type"]);
});

test("a deposit of the days before sources, sent again without one, is the same; with one it is another", () => {
  const first = remembered(deposit(account, 5n, "rent"));
  expect(Object.keys(first.input)).not.toContain("source");
  expect(differingFields(first, deposit(account, 5n, "rent"), key)).toEqual([]);
  expect(differingFields(first, { ...deposit(account, 5n, "rent"), source: "cash" } as AccountCommand, key)).toEqual(["source"]);
});

test("rows of earlier builds, with a fingerprint of every field, still answer", () => {
  const keyed = (field: string, canonical: string) =>
    createHmac("sha256", key).update(`daybook.input.1\nDepositMoney\n${field}\n${canonical}`).digest("base64url");
  const first: RememberedInput = {
    ...remembered(deposit(account, 5n, "rent")),
    fingerprint: {
      type: keyed("type", '"DepositMoney"'),
      accountId: keyed("accountId", `"${account}"`),
      amount: keyed("amount", '{"currency":"EUR","minorUnits":"5"}'),
      description: keyed("description", '{"plain":"rent"}'),
    },
  };
  expect(differingFields(first, deposit(account, 5n, "rent"), key)).toEqual([]);
  expect(differingFields(first, deposit(account, 6n, "food"), key)).toEqual(["amount", "description"]);
  expect(differingFields(first, { ...deposit(account, 5n, "rent"), source: "cash" } as AccountCommand, key)).toEqual(["source"]);
});
