import { z } from "zod";
import { readPlainText } from "@/domain/plain-text";

/** A form's text that people are shown, bounded in characters; left blank it is the empty text. */
export function plainText({ lengthMax, what }: { lengthMax: number; what: string }) {
  return z
    .string()
    .max(lengthMax * 8) // before it is looked at closely
    .transform((text, context): string => {
      const read = readPlainText(text);
      if (read.ok) return read.value;
      if (read.refusal.code === "empty") return "";
      context.addIssue(`${what} cannot hold control characters.`);
      return z.NEVER;
    })
    .refine((text) => [...text].length <= lengthMax, `${what} has at most ${lengthMax} characters.`);
}
