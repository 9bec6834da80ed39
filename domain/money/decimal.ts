/** Exact decimal text of a count of minor units: (-1234n, 2) → "-12.34", (5n, 3) → "0.005", (7n, 0) → "7". */
export function toDecimalString(minorUnits: bigint, exponent: number): string {
  const sign = minorUnits < 0n ? "-" : "";
  const digits = (minorUnits < 0n ? -minorUnits : minorUnits).toString().padStart(exponent + 1, "0");
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
