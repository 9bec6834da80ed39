import { z } from "zod";

/** `GET /api/moment?text=3+march&zone=Europe/Berlin&opening=2025-05-28T07:41:09.318Z`. Whoever reads a text bounds it. */
export const typedInput = z.strictObject({
  text: z.string(),
  zone: z.string(),
  opening: z
    .string()
    .max(30, { abort: true })
    .pipe(z.iso.datetime())
    .transform((text) => new Date(text))
    .optional(),
});
