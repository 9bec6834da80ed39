import { z } from "zod";

/** Text that people are shown: NFC, trimmed, bounded, without control characters, bidirectional overrides or half surrogates. */
export function plainText({ lengthMax, what }: { lengthMax: number; what: string }) {
  return z
    .string()
    .max(lengthMax * 8) // before it is looked at closely
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => [...text].length <= lengthMax, `${what} has at most ${lengthMax} characters.`)
    .refine(
      (text) => !/[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u.test(text),
      `${what} cannot hold control characters.`,
    );
}
