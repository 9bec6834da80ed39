import { z } from "zod";
import type { StoredType } from "./stored-type";

export const accountClosed: StoredType<"AccountClosed"> = {
  older: [],
  newest: z.strictObject({}),
  upcasts: [],
  write: () => ({}),
};
