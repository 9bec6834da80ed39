import type { core } from "zod";

/** Turns a parser of the domain (undefined: not one) into a zod transform. */
export function read<T>(parse: (text: string) => T | undefined) {
  return (text: string, context: core.$RefinementCtx): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.issues.push({ code: "custom", message: `not accepted: ${JSON.stringify(text)}`, input: text });
    return undefined as never; // zod discards it: an issue was raised
  };
}
