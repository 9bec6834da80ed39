import { z } from "zod";
import { type CommandId, parseCommandId } from "@/domain/ids";
import { unitsMax } from "@/domain/text/bounds";

/** The hidden field of every command form. */
export const commandIdField = z
  .string()
  .max(unitsMax.id, { abort: true })
  .transform((text, context): CommandId => {
    const id = parseCommandId(text);
    if (id !== undefined) return id;
    context.addIssue("not a command id");
    return z.NEVER;
  });

export const accountIdField = z.string().max(unitsMax.id, { abort: true });
