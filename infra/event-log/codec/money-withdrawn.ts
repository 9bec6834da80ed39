import { z } from "zod";
import { movement, storedMovement } from "./money-moved";
import type { StoredType } from "./stored-type";

export const moneyWithdrawn: StoredType<"MoneyWithdrawn"> = {
  older: [],
  newest: z.strictObject(movement),
  upcasts: [],
  write: storedMovement,
};
