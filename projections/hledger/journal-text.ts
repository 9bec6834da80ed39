const brokenOrDeceiving = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu; // joiners stay: emoji and many scripts need them
const spaces = /\s+/gu;

/**
 * A person's text as part of a journal's description: one line, nothing that a reader of the format takes for syntax. `;` would begin a
 * comment and `|` end the payee, so each becomes its full-width form, which reads the same. Behind a word of ours, a status mark, a code
 * in parentheses or a directive at its start means nothing. Empty where nothing is left.
 */
export function journalText(text: string): string {
  return text.replace(brokenOrDeceiving, " ").replaceAll(";", "；").replaceAll("|", "｜").replace(spaces, " ").trim();
}
