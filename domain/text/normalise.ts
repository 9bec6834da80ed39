import { unitsOf } from "./bounds";

/** In UTF-16 units: what 140 characters, the longest of our texts, can take. */
export const normaliseUnitsMax = unitsOf(140);

export class TextTooLong extends Error {
  constructor(readonly units: number) {
    super(`A text of ${units} units is beyond the bound of what is read.`);
    this.name = "TextTooLong";
  }
}

/**
 * The only place that normalises. The time it takes grows with the square of a run of combining marks: 64 kB of them stop
 * the server for seconds. So every caller refuses long texts first, in words of its own.
 * @throws TextTooLong beyond `normaliseUnitsMax`.
 */
export function normalise(text: string, form: "NFC" | "NFKC" | "NFKD"): string {
  if (text.length > normaliseUnitsMax) throw new TextTooLong(text.length);
  return text.normalize(form);
}
