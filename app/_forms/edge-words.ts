/** What the edge of the bank says to a form with scripts, in place of an action's answer. Nothing was done with the form. */
export type EdgeWords = { title: string; text: string };

/** As plain text, which is what Next hands on to the page that sent the form. */
export const edgeText = ({ title, text }: EdgeWords): string => JSON.stringify({ daybook: { title, text } });

/** Undefined: it is not the bank that says this. */
export function readEdgeText(message: string): EdgeWords | undefined {
  try {
    const { daybook } = JSON.parse(message) as { daybook?: { title?: unknown; text?: unknown } };
    if (typeof daybook?.title !== "string" || typeof daybook.text !== "string") return undefined;
    return { title: daybook.title, text: daybook.text };
  } catch {
    return undefined;
  }
}
