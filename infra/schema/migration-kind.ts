/**
 * What a migration does to builds of before. After an *expand* all of them go on. A *contract* takes something away or changes its meaning:
 * builds that do not know migration number `floor` cannot work on the book any more, and builds from there on can.
 */
export type MigrationKind = { kind: "expand" } | { kind: "contract"; floor: number };

/** Reads the first line of a migration. Undefined: it does not say. */
export function migrationKind(sql: string): MigrationKind | undefined {
  const said = /^-- (?:(expand)|contract \(floor (\d{1,4})\)): \S/.exec(sql);
  if (!said) return undefined;
  return said[1] ? { kind: "expand" } : { kind: "contract", floor: Number(said[2]) };
}
