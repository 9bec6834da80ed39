import { z } from "zod";
import type { StoredType } from "./stored-type";
import { accountNumber, currency, holders } from "./stored-values";

const exponent = z
  .string()
  .regex(/^[0-4]$/)
  .transform(Number);

/** Before there were products. Never written by this build; fixtures hold it. */
const v1 = z.strictObject({ accountNumber, currency, exponent, holders });

const v2 = z.strictObject({ accountNumber, currency, exponent, holders, product: z.enum(["current", "savings"]) });

export const accountOpened: StoredType<"AccountOpened"> = {
  older: [v1],
  newest: v2,
  upcasts: [(opened) => ({ ...opened, product: "current" })], // products came with v2; every earlier account was a current account
  write: (data) => ({ ...data, exponent: data.exponent.toString(), holders: [...data.holders] }),
};
