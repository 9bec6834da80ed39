import { z } from "zod";
import { movement, movementOf, storedMovement } from "./money-moved";
import type { StoredType } from "./stored-type";

/** Before anybody asked where the money came from. */
const v1 = z.strictObject(movement);

const v2 = z.strictObject({
  ...movement,
  source: z.enum(["cash", "cheque", "transfer", "salary", "card_refund", "unknown"]),
});

export const moneyDeposited: StoredType<"MoneyDeposited"> = {
  older: [v1],
  upcasts: [(deposited) => ({ ...deposited, source: "unknown" })], // what nobody asked then, nobody can say now
  read(stored) {
    const { source, ...moved } = v2.parse(stored);
    return { ...movementOf(moved), source };
  },
  write: (data) => ({ ...storedMovement(data), source: data.source }),
};
