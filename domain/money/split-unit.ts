import { foldTyped } from "../text/typed";
import { parseCurrency } from "./currency";

type Split = { kind: "number"; number: string; negative: boolean } | { kind: "other_currency"; written: string };

/**
 * Takes sign and unit off an amount: `−€12.50`, `CHF-12.50`, `12,50 EUR`. `units` are what the account's own currency is
 * written with; any other currency is named. Expects folded text.
 */
export function splitUnit(typed: string, units: readonly string[]): Split {
  const own = units.map(spelling).sort((one, other) => other.length - one.length);
  const code = codeIn(typed);
  if (code !== undefined && !own.includes(code)) return { kind: "other_currency", written: code };

  const [first, unsigned] = takeSign(typed);
  const before = own.find((unit) => spelling(unsigned).startsWith(unit)) ?? "";
  const [second, rest] = takeSign(unsigned.slice(before.length).trimStart());
  const after = own.find((unit) => spelling(rest).endsWith(unit)) ?? "";
  const number = rest.slice(0, rest.length - after.length).trimEnd();

  const sign = /\p{Sc}/u.exec(number)?.[0];
  if (sign !== undefined) return { kind: "other_currency", written: sign };
  return { kind: "number", number: first && second ? "" : number, negative: first === "-" || second === "-" };
}

function takeSign(text: string): [sign: string, rest: string] {
  const [sign = ""] = /^[+-]/.exec(text) ?? [];
  return [sign, text.slice(sign.length).trimStart()];
}

const spelling = (unit: string): string => foldTyped(unit).toUpperCase();

function codeIn(text: string): string | undefined {
  const [, before, after] = /^[+-]? ?([a-z]{3}) ?[+-]?[0-9]|[0-9] ?([a-z]{3})$/i.exec(text) ?? [];
  return parseCurrency((before ?? after ?? "").toUpperCase());
}
