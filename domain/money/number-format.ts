/** How a person declares to write numbers; a sample of the format is its name. */
export type NumberFormat = "1,234.56" | "1.234,56" | "1 234,56" | "1'234.56";

export const numberFormats: readonly NumberFormat[] = ["1,234.56", "1.234,56", "1 234,56", "1'234.56"];

export type Separators = {
  decimal: "." | ",";
  /** The first is the one we print; the others are typed or pasted in its place. */
  groups: readonly [string, ...string[]];
};

export const separatorsOf: Readonly<Record<NumberFormat, Separators>> = {
  "1,234.56": { decimal: ".", groups: [","] },
  "1.234,56": { decimal: ",", groups: ["."] },
  "1 234,56": { decimal: ",", groups: ["\u202f", "\u00a0", " "] },
  "1'234.56": { decimal: ".", groups: ["’", "'"] },
};
