/** Values as the text of a Postgres array, in a fraction of the time that `pg` takes over long ones: it looks at each as if it were of any kind. */
export function arrayText(values: readonly (string | number | bigint | null)[]): string {
  return `{${values.map(elementText).join(",")}}`;
}

function elementText(value: string | number | bigint | null): string {
  if (typeof value !== "string") return value === null ? "NULL" : value.toString();
  return `"${/["\\]/.test(value) ? value.replace(/["\\]/g, "\\$&") : value}"`;
}
