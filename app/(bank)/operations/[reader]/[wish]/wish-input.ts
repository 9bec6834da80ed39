import { z } from "zod";
import { rebuildOffers, rebuildWishes } from "@/app/_server/rebuilds";
import { unitsMax } from "@/domain/text/bounds";

const text = z.string().max(unitsMax.choice, { abort: true });

export const wishInput = z.strictObject({
  name: text,
  wish: z.enum(rebuildWishes),
  offer: z.enum(rebuildOffers),
  seenAt: text.pipe(z.iso.datetime()).optional(),
  workers: text.transform(Number).pipe(z.number().int().min(1).max(16)).optional(),
  pace: text
    .trim()
    .regex(/^[1-9][0-9]{0,6}$|^$/, "A whole number from 1 to 9999999, without separators; or nothing, for no brake.")
    .optional(),
});
