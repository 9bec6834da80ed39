import { z } from "zod";
import { unitsOf } from "@/domain/text/bounds";
import { readPlainText } from "@/domain/text/plain-text";

/**
 * A form's text that people are shown, bounded in characters; left blank it is the empty text. An issue carries the problem
 * as its `params`, for the screen to word.
 */
export function plainText({ lengthMax, what }: { lengthMax: number; what: string }) {
  return z
    .string()
    .max(unitsOf(lengthMax), { abort: true, error: `${what} has at most ${lengthMax} characters.` })
    .transform((text, context): string => {
      const read = readPlainText(text, lengthMax);
      if (read.ok) return read.value;
      if (read.refusal.code === "empty") return "";
      context.addIssue({ code: "custom", message: `${what} cannot be read.`, params: { problem: read.refusal } });
      return z.NEVER;
    });
}
