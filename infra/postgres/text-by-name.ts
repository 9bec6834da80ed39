const texts = new Map<string, string>();

/** The text of a statement, by the name that it is prepared under: a long one is not put together anew for each question. */
export function textByName(name: string, make: () => string): string {
  const text = texts.get(name) ?? make();
  texts.set(name, text);
  return text;
}
