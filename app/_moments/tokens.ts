export type Token = {
  kind: "number" | "word" | "sign";
  /** In lower case. */
  text: string;
  /** As it was typed: `M` is a month, `m` a minute. */
  typed: string;
  /** Where it begins in the text. */
  start: number;
  /** Whether a space, or nothing at all, is before it. */
  apart: boolean;
};

/** A text in pieces, and how many of them have been read. Rules of the grammar move on in it. */
export type Tokens = { readonly list: readonly Token[]; at: number };

const shape = /(\d+)|(\p{L}[\p{L}\p{M}']*)|(\S)/gu;

/** Expects bounded text with plain spaces. */
export function tokensOf(text: string): Tokens {
  const list = [...text.replaceAll("’", "'").matchAll(shape)].map((match): Token => {
    const [typed, number, word] = match;
    const kind = number !== undefined ? "number" : word !== undefined ? "word" : "sign";
    const apart = match.index === 0 || text[match.index - 1] === " ";
    return { kind, text: typed.toLowerCase(), typed, start: match.index, apart };
  });
  return { list, at: 0 };
}

export const peek = (tokens: Tokens, ahead = 0): Token | undefined => tokens.list[tokens.at + ahead];

export const isDone = (tokens: Tokens): boolean => tokens.at >= tokens.list.length;

/** Reads by the rule; where it reads nothing, nothing is taken. */
export function attempt<T>(tokens: Tokens, rule: () => T | undefined): T | undefined {
  const { at } = tokens;
  const found = rule();
  if (found === undefined) tokens.at = at;
  return found;
}

/** The first rule that reads something. */
export function firstOf<T>(tokens: Tokens, ...rules: readonly (() => T | undefined)[]): T | undefined {
  for (const rule of rules) {
    const found = attempt(tokens, rule);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the next word stands for. */
export function takeWord<T>(tokens: Tokens, meanings: Readonly<Record<string, T>>): T | undefined {
  const next = peek(tokens);
  if (next?.kind !== "word" || !Object.hasOwn(meanings, next.text)) return undefined;
  tokens.at += 1;
  return meanings[next.text];
}

export function takeSign(tokens: Tokens, signs: string): string | undefined {
  const next = peek(tokens);
  if (next?.kind !== "sign" || !signs.includes(next.text)) return undefined;
  tokens.at += 1;
  return next.text;
}

/** The digits of the next number, if there are as many as allowed. */
export function takeDigits(tokens: Tokens, min: number, max: number): string | undefined {
  const next = peek(tokens);
  if (next?.kind !== "number" || next.text.length < min || next.text.length > max) return undefined;
  tokens.at += 1;
  return next.text;
}

/** Whether the next token follows the one before without a space. */
export const isGlued = (tokens: Tokens, ahead = 0): boolean => peek(tokens, ahead)?.apart === false;

/** Leaves out words that say nothing about the moment. */
export function skipWords(tokens: Tokens, words: ReadonlySet<string>): void {
  for (let next = peek(tokens); next?.kind === "word" && words.has(next.text); next = peek(tokens)) tokens.at += 1;
}
