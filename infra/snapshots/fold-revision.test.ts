import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Account, accountFoldRevision, evolve, unopened } from "@/domain/account/account";
import { canonicalJson } from "../event-log/canonical-json";
import { decodeEvent, eventTypes } from "../event-log/codec/account-codec";
import { snapshotChecksum } from "./checksum";
import { accountFromSnapshot, snapshotOf } from "./snapshot-state";

// One file a revision of the fold. If this fails, the fold has changed: add one to accountFoldRevision and write its file, and leave this one.

type Fixture = {
  history: { type: string; schemaVersion: number; data: unknown }[];
  balances: string[];
  state: Record<string, unknown>;
};

const fixture = JSON.parse(
  readFileSync(new URL(`./fixtures/fold.r${accountFoldRevision}.json`, import.meta.url), "utf8"),
) as Fixture;

test("the fold of this revision gives what it gave when snapshots were first written by it", () => {
  let account: Account = unopened;
  const balances: string[] = [];
  for (const { type, schemaVersion, data } of fixture.history) {
    account = evolve(account, decodeEvent(type, schemaVersion, data));
    balances.push(account.status === "unopened" ? "" : account.balance.toString());
  }
  if (account.status === "unopened") throw new Error("the fixture opens no account");
  expect(balances).toEqual(fixture.balances);
  expect(canonicalJson(snapshotOf(account))).toBe(canonicalJson(fixture.state));
  expect(accountFromSnapshot(fixture.state)).toEqual(account);
});

test("the history of the fixture knows every type of event", () => {
  expect([...new Set(fixture.history.map(({ type }) => type))].sort()).toEqual([...eventTypes].sort());
});

test("the checksum's bytes are what they were: older snapshots stay good", () => {
  const facts = { streamId: "acc_01jd0000000000000000000001", version: 100, revision: 1, position: 4_711n, state: { a: "b" } };
  expect(snapshotChecksum({ ...facts, eventHash: Buffer.alloc(32, 7) }).toString("hex")).toBe(
    "43c545a7828d177de8267dfa65b5b36ccae03ad40f3db395a2c80ba79fdc5b59",
  );
});
