import { z } from "zod";
import { movement, movementOf, storedMovement } from "./money-moved";
import type { StoredType } from "./stored-type";

const v1 = z.strictObject(movement);

export const moneyWithdrawn: StoredType<"MoneyWithdrawn"> = {
  older: [],
  upcasts: [],
  read: (stored) => movementOf(v1.parse(stored)),
  write: storedMovement,
};
