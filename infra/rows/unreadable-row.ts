import type { AccountId } from "@/domain/ids";
import { logger } from "../logging/logger";
import { UnreadableColumn } from "./stored-column";

/**
 * A row that keeps its place in a list and cannot be shown: one of its columns holds what no build
 * writes there. The rest of the list is shown.
 */
export type UnreadableRow = {
  kind: "unreadable_row";
  /** Names the row: its key as stored, cut to 80 characters. */
  id: string;
  /** Null: it is not told to this viewer. */
  column: string | null;
  /** The account that the row is of, or its event, where the row still says which. */
  of: RowSubject | null;
};

export type RowSubject = { accountId: AccountId; version: number | null };

/** What a list holds for each row of its query, in the query's order. */
export type ReadRow<Value> = Value | UnreadableRow;

/** How a table's rows are read. `read` throws `UnreadableColumn` for a row that cannot be shown. */
export type RowReader<Row, Value> = {
  table: string;
  id: (row: Row) => string;
  of?: (row: Row) => RowSubject | null;
  read: (row: Row) => Value;
};

const idCharactersMax = 80;

/** Reads each row by itself. An error that is no `UnreadableColumn` is a fault of the code, and is thrown. */
export function readRows<Row, Value extends object>(reader: RowReader<Row, Value>, rows: readonly Row[]): ReadRow<Value>[] {
  return rows.map((row) => readRow(reader, row));
}

export function readRow<Row, Value extends object>(
  { table, id: idOf, of, read }: RowReader<Row, Value>,
  row: Row,
): ReadRow<Value> {
  try {
    return read(row);
  } catch (error) {
    if (!(error instanceof UnreadableColumn)) throw error;
    const { column } = error;
    const id = idOf(row).slice(0, idCharactersMax);
    logger.error({ row: id }, `a row of ${table} cannot be shown, for its ${column}: run verify`);
    return { kind: "unreadable_row", id, column, of: of?.(row) ?? null };
  }
}

export function isUnreadableRow(row: object): row is UnreadableRow {
  return "kind" in row && row.kind === "unreadable_row";
}

/** The rows that can be shown. */
export function readableOnly<Value extends object>(rows: readonly ReadRow<Value>[]): Value[] {
  return rows.filter((row): row is Value => !isUnreadableRow(row));
}

/** Hands the rows that can be shown to `work`, all at once, and puts each result in its row's place. */
export async function inPlace<Value extends object, Result extends object>(
  rows: readonly ReadRow<Value>[],
  work: (readable: readonly Value[]) => Promise<readonly Result[]>,
): Promise<ReadRow<Result>[]> {
  const results = (await work(readableOnly(rows))).values();
  return rows.map((row) => {
    if (isUnreadableRow(row)) return row;
    const { value } = results.next();
    if (value === undefined) throw new Error("a row was read and came to nothing");
    return value;
  });
}
