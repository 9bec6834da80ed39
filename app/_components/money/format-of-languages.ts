import { type NumberFormat, numberFormats, separatorsOf } from "@/domain/money/number-format";

const unitsMax = 500;
const languagesMax = 10;
const fallback: NumberFormat = "1,234.56";

/**
 * How numbers are written in the language that a browser asks for first (`Accept-Language`), as far as we print it so. For
 * people who have chosen no format: the keypad of a phone has the decimal separator of its language and no other.
 */
export function formatOfLanguages(header: string | null): NumberFormat {
  const languages = (header ?? "")
    .slice(0, unitsMax)
    .split(",")
    .slice(0, languagesMax)
    .map((one) => {
      const [tag = "", ...parameters] = one.split(";").map((part) => part.trim());
      const quality = Number(parameters.find((part) => part.startsWith("q="))?.slice(2) ?? 1);
      return { tag, quality };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
  for (const { tag } of languages) {
    const format = formatOf(tag);
    if (format) return format;
  }
  return fallback;
}

/** Undefined: no language, or one that the runtime does not know. */
function formatOf(tag: string): NumberFormat | undefined {
  try {
    if (Intl.NumberFormat.supportedLocalesOf(tag).length === 0) return undefined;
    const parts = new Intl.NumberFormat(tag, { numberingSystem: "latn", useGrouping: "always" }).formatToParts(1_234_567.8);
    const separator = (type: "decimal" | "group") => parts.find((part) => part.type === type)?.value;
    const [decimal, group] = [separator("decimal"), separator("group")];
    const written = numberFormats.filter((format) => separatorsOf[format].decimal === decimal);
    return written.find((format) => separatorsOf[format].groups.some((one) => one === group)) ?? written[0];
  } catch {
    return undefined; // no tag at all, as `*`
  }
}
