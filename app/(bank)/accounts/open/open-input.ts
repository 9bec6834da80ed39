import { z } from "zod";
import { commandIdField } from "@/app/_forms/command-id-field";
import { products } from "@/domain/account/product";
import { unitsMax } from "@/domain/text/bounds";

export const openInput = z.strictObject({
  commandId: commandIdField,
  currency: z.string().max(3, { abort: true }),
  product: z.enum(products),
  holder: z.string().max(unitsMax.id, { abort: true }).default(""),
  step: z.literal("post").optional(),
});
