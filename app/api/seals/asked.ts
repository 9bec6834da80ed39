import { z } from "zod";
import { size } from "./size-param";

/** `GET /api/seals?after=0&limit=100` */
export const sealsAsked = z.strictObject({
  after: size.default(0n),
  limit: z
    .string()
    .max(4, { abort: true })
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .default(100),
});

/** `GET /api/seals/consistency?from=100&to=250` */
export const consistencyAsked = z.strictObject({ from: size, to: size });

/** `GET /api/seals/inclusion?position=42` */
export const inclusionAsked = z.strictObject({ position: size });
