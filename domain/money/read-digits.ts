import { type NumberFormat, numberFormats, type Separators, separatorsOf } from "./number-format";

/** A number as its digits, whole and fraction. */
export type Digits = { whole: string; fraction: string };

/** A number format that is not the person's, and the amount as it is written in it without group separators. */
export type OtherFormat = { format: NumberFormat; write: string };

// Spaces and apostrophes group in some formats and are the decimal separator of none: they have one meaning everywhere.
const groupsEverywhere = [" ", "'"];
const apostrophes = /[’‘ʼ´`′]/g;

/** Reads digits with their separators; undefined if a separator stands where none belongs. Expects folded text. */
export function readDigits(text: string, { decimal, groups }: Pick<Separators, "decimal" | "groups">): Digits | undefined {
  const [whole = "", fraction, ...rest] = spelt(text, decimal, groups[0]).split(decimal);
  if (rest.length > 0 || (fraction !== undefined && !/^[0-9]+$/.test(fraction))) return undefined;
  if (/^[0-9]+$/.test(whole)) return { whole, fraction: fraction ?? "" };

  const group = [groups[0], ...groupsEverywhere].find((candidate) => whole.includes(candidate));
  if (group === undefined) return undefined;
  const [first = "", ...others] = whole.split(group);
  if (!/^[1-9][0-9]{0,2}$/.test(first) || !others.every((three) => /^[0-9]{3}$/.test(three))) return undefined;
  return { whole: first + others.join(""), fraction: fraction ?? "" };
}

/** As it is typed without group separators, with all decimals of the currency. */
export function plainIn({ whole, fraction }: Digits, decimal: string, exponent: number): string {
  return exponent === 0 ? whole : `${whole}${decimal}${fraction.padEnd(exponent, "0")}`;
}

/** Another format in which `text` can be read, preferably one that writes such separators; null if there is none. */
export function otherFormatOf(text: string, own: NumberFormat, exponent: number): (OtherFormat & { digits: Digits }) | null {
  const separators = [...text.replace(apostrophes, "'")].filter((point) => !/[0-9]/.test(point));
  const found = numberFormats.flatMap((format) => {
    const digits = format === own ? undefined : readDigits(text, separatorsOf[format]);
    if (digits === undefined || digits.fraction.length > exponent) return [];
    return [{ format, digits, write: plainIn(digits, separatorsOf[format].decimal, exponent) }];
  });
  return found.find(({ format }) => separators.every((point) => format.includes(point))) ?? found[0] ?? null;
}

/** Arabic has separators of its own, which mean the same to everybody. They do not go together with others. */
function spelt(text: string, decimal: string, group: string): string {
  const plain = text.replace(apostrophes, "'");
  if (!/[٫٬]/.test(plain) || /[.,]/.test(plain)) return plain;
  return plain.replaceAll("٫", decimal).replaceAll("٬", group === "’" || group === "\u202f" ? "'" : group);
}
