import { z } from "zod";
import type { StoredType } from "./stored-type";

const v1 = z.strictObject({});

export const accountClosed: StoredType<"AccountClosed"> = {
  older: [],
  upcasts: [],
  read: (stored) => v1.parse(stored),
  write: () => ({}),
};
