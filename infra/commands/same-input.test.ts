import { expect, test } from "vitest";
import type { AccountCommand } from "@/domain/account/commands";
import { withDigits } from "@/infra/event-log/codec/digits";
import { newAccountId } from "@/infra/ids";
import type { DataKey } from "@/infra/personal-text/keys";
import { deposit, withdraw } from "@/infra/testing/test-bank";
import { sealedCommand } from "./executor/sealed-command";
import { differingFields, type RememberedInput } from "./same-input";

const key: DataKey = { keyId: "key_01jd0000000000000000000001", key: Buffer.alloc(32, 7) };
const account = newAccountId();

/** As the row keeps it: the text sealed, its members in the order that jsonb gives them. */
function remembered(command: AccountCommand, sealedBy: DataKey | null = key): RememberedInput {
  const { type, ...input } = withDigits(sealedCommand(command, sealedBy)) as AccountCommand & Record<string, unknown>;
  const { description, ...rest } = input as Record<string, unknown>;
  return { type, input: { ...(description !== undefined && { description }), ...rest } };
}

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

test("a text in flight is compared as it is, and one of another account leaves the account to tell the two apart", () => {
  const { type, ...input } = deposit(account, 5n, "rent");
  expect(differingFields({ type, input }, deposit(account, 5n, "rent"), null)).toEqual([]);
  expect(differingFields({ type, input }, deposit(account, 5n, "food"), null)).toEqual(["description"]);
  const other: DataKey = { keyId: "key_01jd0000000000000000000002", key: Buffer.alloc(32, 8) };
  expect(differingFields(remembered(deposit(account, 5n, "rent")), deposit(newAccountId(), 5n, "x"), other)).toEqual([
    "accountId",
  ]);
});

test("once the key is destroyed no text is told from another; that there was one, and all else, still is", () => {
  for (const first of [remembered(deposit(account, 5n, "rent")), remembered(deposit(account, 5n, "rent"), null)]) {
    expect(differingFields(first, deposit(account, 5n, "rent"), null)).toEqual([]);
    expect(differingFields(first, deposit(account, 5n, "food"), null)).toEqual([]);
    expect(differingFields(first, deposit(account, 5n), null)).toEqual(["description"]);
    expect(differingFields(first, deposit(account, 6n, "rent"), null)).toEqual(["amount"]);
  }
});

test("a sealed text that somebody altered is not compared but an error", () => {
  const first = remembered(deposit(account, 5n, "rent"));
  const text = first.input.description as { ct: string };
  const altered = {
    ...first,
    input: { ...first.input, description: { ...text, ct: `${text.ct.startsWith("A") ? "B" : "A"}${text.ct.slice(1)}` } },
  };
  expect(() => differingFields(altered, deposit(account, 5n, "rent"), key)).toThrow();
});
