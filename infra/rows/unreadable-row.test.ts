import { expect, test, vi } from "vitest";
import { logger } from "../logging/logger";
import { asSpelt, fromOne, instant, oneOf, stored, storedOrNull, wholeNumber } from "./stored-column";
import { inPlace, type RowReader, readRows } from "./unreadable-row";

type Row = { id: string; amount: string };

const sums: RowReader<Row, { amount: bigint }> = {
  table: "sums",
  id: ({ id }) => id,
  read: ({ amount }) => ({ amount: stored("amount", wholeNumber(amount)) }),
};

test("a row that cannot be shown keeps its place, and is told to the log by its id alone", async () => {
  const line = vi.spyOn(logger, "error").mockImplementation(() => {});
  const rows = readRows(sums, [
    { id: "a", amount: "1" },
    { id: "b".repeat(500), amount: "secret" },
    { id: "c", amount: "-3" },
  ]);
  const spoilt = { kind: "unreadable_row", id: "b".repeat(80), column: "amount", of: null };
  expect(rows).toEqual([{ amount: 1n }, spoilt, { amount: -3n }]);
  expect(line.mock.calls).toEqual([[{ row: "b".repeat(80) }, "a row of sums cannot be shown, for its amount: run verify"]]);
  const doubled = await inPlace(rows, async (readable) => readable.map(({ amount }) => ({ twice: 2n * amount })));
  expect(doubled).toEqual([{ twice: 2n }, spoilt, { twice: -6n }]);
  line.mockRestore();
});

test("a fault of the code is no fault of the row", () => {
  const broken = { ...sums, read: () => (undefined as unknown as { amount: bigint }).amount as unknown as object };
  expect(() => readRows(broken, [{ id: "a", amount: "1" }])).toThrow(TypeError);
});

test("columns are read only where they hold what Daybook writes", () => {
  expect(["0", "-7", "12345678901234567890"].map(wholeNumber)).toEqual([0n, -7n, 12345678901234567890n]);
  expect(["", "-0", "007", "1.0", "NaN", "-Infinity", "1e3", "١"].map(wholeNumber)).toEqual(Array(8).fill(undefined));
  expect([1, 0, -1].map(fromOne)).toEqual([1, undefined, undefined]);
  const at = new Date("2026-03-01T00:00:00Z");
  expect([at, Number.POSITIVE_INFINITY, null, new Date(Number.NaN), new Date("+010000-01-01T00:00:00Z")].map(instant)).toEqual([
    at,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect([oneOf(["open"], "open"), oneOf(["open"], "Open")]).toEqual(["open", undefined]);
  const loose = (text: string) => text.trim() || undefined;
  expect([asSpelt(loose, "a"), asSpelt(loose, " a"), asSpelt(loose, null)]).toEqual(["a", undefined, undefined]);
  expect([storedOrNull("x", null, loose), storedOrNull("x", "y", loose)]).toEqual([null, "y"]);
  expect(() => storedOrNull("x", "", loose)).toThrow("x holds what no build writes there");
});
