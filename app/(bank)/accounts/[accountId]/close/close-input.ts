import { z } from "zod";
import { accountIdField, commandIdField } from "@/app/_forms/command-id-field";

export const closeInput = z.strictObject({
  commandId: commandIdField,
  accountId: accountIdField,
  step: z.literal("post").optional(),
});
