import { expect, test } from "vitest";
import { z } from "zod";
import { EventFromNewerBuild } from "@/infra/event-log/codec/unreadable-event";
import { blamesEvents, mayBeTooMuch } from "./blames-events";
import { faultWords } from "./fault-words";

const database = (code: string) => Object.assign(new Error(`said ${code}`), { code });

test.each(["21000", "22003", "22021", "22P02", "22P05", "23505", "23514", "44000", "54000", "54001", "P0001", "P0004"])(
  "SQLSTATE %s is the events' fault",
  (code) => {
    expect(blamesEvents(database(code))).toBe(true);
  },
);

test.each([
  "08006",
  "25006",
  "25P02",
  "25P03",
  "40001",
  "40P01",
  "0A000", // a plan that outlived a migration
  "42501",
  "42601",
  "42703",
  "42P01",
  "53100",
  "53200",
  "53300",
  "53400",
  "55P03",
  "57014",
  "57P01",
  "57P03",
  "57P05",
  "58030",
  "XX000",
  "XX001",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
])("%s is trouble of the machine", (code) => {
  expect(blamesEvents(database(code))).toBe(false);
});

test.each([
  "Connection terminated unexpectedly",
  "Connection terminated due to connection timeout",
  "Query read timeout",
  "Client was closed and is not queryable",
  "Client has encountered a connection error and is not queryable",
])("a connection that says %s is trouble of the machine", (message) => {
  expect(blamesEvents(new Error(message))).toBe(false);
});

test.each(["53200", "53400", "57014", "25P04"])("SQLSTATE %s may be too much at once", (code) => {
  expect(mayBeTooMuch(database(code))).toBe(true);
});

test.each(["53100", "53300", "57P01", "25P03", "40001", "54000", "22003"])("SQLSTATE %s is not a matter of how much", (code) => {
  expect(mayBeTooMuch(database(code))).toBe(false);
});

test("a query that got no answer in its time may be too much at once, and a lost connection is not", () => {
  expect(mayBeTooMuch(new Error("Query read timeout"))).toBe(true);
  expect(mayBeTooMuch(new Error("Connection terminated unexpectedly"))).toBe(false);
});

test("an event of a newer build is nobody's fault", () => {
  expect(blamesEvents(new EventFromNewerBuild({ type: "AccountFrozen", schemaVersion: 1 }, undefined, undefined))).toBe(false);
});

test("what a fold throws of itself is the events' fault", () => {
  for (const error of [new Error("account_entries has no acc_1@1"), new TypeError("x"), z.string().safeParse(1).error, undefined])
    expect(blamesEvents(error)).toBe(true);
});

test("an error is told without what it quotes", () => {
  const typed = "Zwetschgendatschi";
  const thrown = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };
  const errors = [
    thrown(() => JSON.parse(`{"a": ${typed}}`)),
    thrown(() => BigInt(typed)),
    Object.assign(new Error(`invalid input syntax for type numeric: "${typed}"`), { code: "22P02", column: "amount" }),
    z.strictObject({ description: z.literal("x") }).safeParse({ description: typed }).error,
  ];
  for (const error of errors) expect(faultWords(error)).not.toContain(typed);
  expect(faultWords(errors[0])).toMatch(/^SyntaxError/);
  expect(faultWords(errors[2])).toBe("a value that the database cannot hold (SQLSTATE 22P02: amount)");
  expect(faultWords(new Error(`one\u0000two\n${"x".repeat(900)}`))).toMatch(/^one two x{492}$/);
});
