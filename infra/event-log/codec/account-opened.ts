import { z } from "zod";
import type { StoredType } from "./stored-type";
import { accountNumber, currency, holders } from "./stored-values";

const exponent = z.string().regex(/^[0-4]$/);

/** Before there were products. Never written by this build; fixtures hold it. */
const v1 = z.strictObject({ accountNumber, currency, exponent, holders });

const v2 = z.strictObject({ accountNumber, currency, exponent, holders, product: z.enum(["current", "savings"]) });

export const accountOpened: StoredType<"AccountOpened"> = {
  older: [v1],
  upcasts: [(opened) => ({ ...opened, product: "current" })], // products came with v2; every earlier account was a current account
  read(stored) {
    const { exponent, ...rest } = v2.parse(stored);
    return { ...rest, exponent: Number(exponent) };
  },
  write: (data) => ({ ...data, exponent: data.exponent.toString(), holders: [...data.holders] }),
};
