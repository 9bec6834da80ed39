/** JSON form of any value of the domain: bigints and numbers become decimal digits, since no number stands in stored JSON. */
export function withDigits(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "number") return value.toString();
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withDigits);
  const stored: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) if (field !== undefined) stored[name] = withDigits(field);
  return stored;
}
