/** The end of every switch over a union: the compiler proves that nothing is left, and a lie at run time throws. */
export function unreachable(x: never): never {
  throw new Error(`Unreachable case: ${describe(x)}`);
}

function describe(x: unknown): string {
  if (typeof x === "object" && x !== null && "type" in x) return String(x.type);
  return typeof x === "string" ? x : typeof x;
}
