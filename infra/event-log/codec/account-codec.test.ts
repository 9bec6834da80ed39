import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { accountId, deposited, eur } from "@/domain/account/testing/examples";
import { eventName } from "@/domain/ids";
import { canonicalJson } from "../canonical-json";
import { decodeEvent, encodeEvent, eventTypes, newestVersion } from "./account-codec";
import { EventFromNewerBuild, MisshapenEvent } from "./unreadable-event";

type Fixture = { name: string; type: string; schemaVersion: number; data: Record<string, unknown>; newest?: unknown };

const folder = new URL("./fixtures/", import.meta.url);
const fixtures: Fixture[] = readdirSync(folder)
  .filter((file) => !file.startsWith("metadata."))
  .flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Fixture[]);

describe.each(fixtures)("$type version $schemaVersion, $name", ({ type, schemaVersion, data, newest }) => {
  test("is read, and written again as the newest version with the same facts", () => {
    const event = decodeEvent(type, schemaVersion, data);
    expect(event.type).toBe(type);
    const encoded = encodeEvent(event);
    expect(encoded.schemaVersion).toBe(newestVersion(event.type));
    expect(canonicalJson(encoded.data)).toBe(canonicalJson(newest ?? data)); // canonical JSON takes no numbers: so none is stored
    expect(decodeEvent(encoded.type, encoded.schemaVersion, encoded.data)).toEqual(event);
  });
  test("is refused with a field too many or too few", () => {
    expect(() => decodeEvent(type, schemaVersion, { ...data, surprise: "x" })).toThrow(MisshapenEvent);
    for (const name of Object.keys(data).filter((field) => field !== "description")) {
      const { [name]: _, ...rest } = data;
      expect(() => decodeEvent(type, schemaVersion, rest)).toThrow(MisshapenEvent);
    }
  });
});

test("every version of every type ever written has a fixture", () => {
  for (const type of eventTypes)
    for (let version = 1; version <= newestVersion(type); version++)
      expect(fixtures.filter((fixture) => fixture.type === type && fixture.schemaVersion === version)).not.toEqual([]);
});

test("a version newer than this build is named, not skipped", () => {
  expect(() => decodeEvent("MoneyDeposited", 3, {})).toThrow(EventFromNewerBuild);
  expect(() => decodeEvent("AccountOpened", 3, {})).toThrow(
    "An event is AccountOpened version 3, written by a newer Daybook: this build (dev) knows AccountOpened up to version 2.",
  );
});

test("a type newer than this build is named, not skipped", () => {
  expect(() => decodeEvent("AccountFrozen", 1, {}, eventName(accountId, 7))).toThrow(
    `Event ${accountId}@7 is AccountFrozen version 1, written by a newer Daybook: this build (dev) does not know AccountFrozen. Nothing was`,
  );
  expect(() => decodeEvent("toString", 1, {})).toThrow(EventFromNewerBuild);
});

test.each([0, -1, 0.5])("there is no version %s", (version) => {
  expect(() => decodeEvent("AccountOpened", version, {})).toThrow(MisshapenEvent);
});

test.each([
  ["a number for an amount", { amount: { minorUnits: 5, currency: "EUR" } }],
  ["a leading zero", { amount: { minorUnits: "05", currency: "EUR" } }],
  ["a sign", { amount: { minorUnits: "-5", currency: "EUR" } }],
  ["a text in clear", { amount: { minorUnits: "5", currency: "EUR" }, description: { plain: "rent" } }],
  ["a description that is undefined", { amount: { minorUnits: "5", currency: "EUR" }, description: undefined }],
])("%s is no stored deposit", (_, data) => {
  expect(() => decodeEvent("MoneyDeposited", 1, data)).toThrow(MisshapenEvent);
});

test("a text in clear is not written", () => {
  const event = deposited(eur(5n));
  if (event.type !== "MoneyDeposited") throw new Error("example");
  expect(() => encodeEvent({ ...event, data: { ...event.data, description: { plain: "rent" } } })).toThrow(/in clear/);
});

test("an account number with a wrong check digit is not read", () => {
  const data = {
    accountNumber: "DB190000000001",
    currency: "EUR",
    exponent: "2",
    holders: ["pty_01jd000000000000000000000a"],
    product: "current",
  };
  expect(() => decodeEvent("AccountOpened", 2, data)).toThrow(MisshapenEvent);
});

test("a source that no bank has is no stored deposit", () => {
  const data = { amount: { minorUnits: "5", currency: "EUR" }, source: "mattress" };
  expect(() => decodeEvent("MoneyDeposited", 2, data)).toThrow(MisshapenEvent);
});

test("a code that ISO 4217 has dropped stays readable", () => {
  expect(decodeEvent("MoneyDeposited", 1, { amount: { minorUnits: "5", currency: "DEM" } })).toMatchObject({
    data: { amount: { minorUnits: 5n } },
  });
});
