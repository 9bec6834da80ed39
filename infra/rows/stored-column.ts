/** A column holds what no build writes there. Names the column, never the value. */
export class UnreadableColumn extends Error {
  readonly column: string;
  constructor(column: string) {
    super(`${column} holds what no build writes there`);
    this.name = "UnreadableColumn";
    this.column = column;
  }
}

/** The value that a column was read as. @throws UnreadableColumn where it could not be read. */
export function stored<Value>(column: string, value: Value | undefined): Value {
  if (value === undefined) throw new UnreadableColumn(column);
  return value;
}

/** The same for a column that may be null. */
export function storedOrNull<Column, Value>(
  column: string,
  found: Column | null,
  read: (found: Column) => Value | undefined,
): Value | null {
  return found === null ? null : stored(column, read(found));
}

/** Reads text that is stored in one spelling, by a parser that also takes others. */
export function asSpelt<Value extends string>(parse: (text: string) => Value | undefined, text: unknown): Value | undefined {
  const value = typeof text === "string" ? parse(text) : undefined;
  return value === text ? value : undefined;
}

/** A whole number of minor units. A `numeric` also knows NaN, Infinity and 1.0. */
export function wholeNumber(text: string): bigint | undefined {
  return /^(0|-?[1-9][0-9]*)$/.test(text) ? BigInt(text) : undefined;
}

/** The same in SQL, as a condition. `column` is an expression. */
export const isWholeSql = (column: string): string => `coalesce(scale(${column}) = 0, false)`;

/** A version, a position or a count of tries: each counts from 1. */
export function fromOne<N extends number | bigint>(value: N): N | undefined {
  return value >= 1 ? value : undefined;
}

const [earliest, latest] = [Date.parse("0001-01-01T00:00:00Z"), Date.parse("9999-12-31T23:59:59.999Z")];

/** An instant of a `timestamptz`, which also knows infinity (here a number) and years that no `Date` has. */
export function instant(value: unknown): Date | undefined {
  if (!(value instanceof Date)) return undefined;
  const at = value.getTime();
  return at >= earliest && at <= latest ? value : undefined;
}

/** The same in SQL, as a condition. */
export const isInstantSql = (column: string): string => `${column} between '0001-01-01T00:00:00Z' and '9999-12-31T23:59:59.999Z'`;

/** One of a list's own texts. */
export function oneOf<Text extends string>(texts: readonly Text[], text: string): Text | undefined {
  return texts.find((one) => one === text);
}
