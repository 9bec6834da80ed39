import { z } from "zod";
import { movement, storedMovement } from "./money-moved";
import type { StoredType } from "./stored-type";

/** Before anybody asked where the money came from. */
const v1 = z.strictObject(movement);

const v2 = z.strictObject({
  ...movement,
  source: z.enum(["cash", "cheque", "transfer", "salary", "card_refund", "unknown"]),
});

export const moneyDeposited: StoredType<"MoneyDeposited"> = {
  older: [v1],
  newest: v2,
  upcasts: [(deposited) => ({ ...deposited, source: "unknown" })], // what nobody asked then, nobody can say now
  write: (data) => ({ ...storedMovement(data), source: data.source }),
};
