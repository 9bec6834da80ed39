import { z } from "zod";

/** A count of events in the address: digits without a leading zero, within a bigint of the database. */
export const size = z
  .string()
  .max(18, { abort: true, error: "at most 18 digits" })
  .regex(/^(0|[1-9]\d{0,17})$/, "digits, without a leading zero")
  .transform(BigInt);
