/** A form as it stands in a page: where it goes, and the fields that a browser without scripts sends along. */
export type Form = { fields: ReadonlyMap<string, string> };

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescaped(found);
};

/** The form that has a field of this name. @throws where the page has none. */
export function formWith(field: string, html: string): Form {
  for (const [form] of html.matchAll(/<form[\s>].*?<\/form>/gs)) {
    const controls = [...form.matchAll(/<(?:input|select|textarea)[^>]*>/g)].map(([tag]) => ({
      name: attribute(tag, "name"),
      value: attribute(tag, "value") ?? "",
    }));
    if (!controls.some(({ name }) => name === field)) continue;
    return { fields: new Map(controls.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value] as const]))) };
  }
  throw new Error(`no form with ${field} in the page: ${html.slice(0, 200)}`);
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
