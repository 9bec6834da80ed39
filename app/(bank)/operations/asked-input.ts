import { z } from "zod";
import { rebuildWishes } from "@/app/_server/rebuilds";
import { unitsMax } from "@/domain/text/bounds";

/** What the address of the page says. */
export const askedInput = z.object({
  /** What was just asked for, and of which read model. */
  asked: z.enum(rebuildWishes).optional().catch(undefined),
  of: z.string().max(unitsMax.choice, { abort: true }).optional().catch(undefined),
});
