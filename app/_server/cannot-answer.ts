import type { PlainPage } from "./plain-page";

/** Why no page and no form can be answered now. */
export type Hindrance = "database_away";

const words: Readonly<Record<Hindrance, string>> = {
  database_away: "Its book cannot be reached at this moment. What was booked stays booked.",
};

const againSeconds = 5;

/** Instead of a page, which asks again by itself. */
export function cannotShow(hindrance: Hindrance, path: string): PlainPage {
  return {
    status: 503,
    title: "Daybook cannot answer now",
    text: [words[hindrance], `This page asks again by itself every ${againSeconds} seconds.`],
    link: { href: path, text: "Ask again now" },
    again: { seconds: againSeconds, href: path },
  };
}

/** Instead of the answer to a form. Nothing was done with it, so it can be sent again as it is. */
export function cannotTake(hindrance: Hindrance, path: string, form?: FormData): PlainPage {
  const fields = form && fieldsToKeep(form);
  return {
    status: 503,
    title: "Daybook cannot answer now",
    text: [
      words[hindrance],
      "Nothing was done with what you just sent: nothing was booked, and nothing was changed.",
      ...(fields ? ["It is kept on this page. Send it again in a moment; it cannot be booked twice."] : []),
    ],
    link: { href: path, text: "Back to the form" },
    ...(fields && { form: { action: path, fields, button: "Send it again" } }),
  };
}

const keptLengthMax = 100_000;

/** Undefined: it holds a secret, or more than a page should carry. */
function fieldsToKeep(form: FormData): [name: string, value: string][] | undefined {
  const fields: [string, string][] = [];
  let length = 0;
  for (const [name, value] of form) {
    if (typeof value !== "string" || /password|token/i.test(name)) return undefined;
    length += name.length + value.length;
    fields.push([name, value]);
  }
  return length > keptLengthMax ? undefined : fields;
}
