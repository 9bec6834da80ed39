/** JSON form of any value of the domain: bigints and numbers become decimal digits, since no number stands in stored JSON. */
export function withDigits(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "number") return value.toString();
  if (Array.isArray(value)) return value.map(withDigits);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .map(([name, field]) => [name, withDigits(field)]),
    );
  return value;
}
