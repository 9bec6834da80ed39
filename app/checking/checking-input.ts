import { z } from "zod";
import { unitsMax } from "@/domain/text/bounds";

const text = (units: number) => z.string().max(units, { abort: true }).catch("");

/** `GET /checking?command=cmd_…&form=/accounts/…/deposit&since=1764424800000`; what cannot be read counts as not said. */
export const checkingInput = z.object({
  command: text(unitsMax.id).default(""),
  form: text(unitsMax.path).default(""),
  since: text(unitsMax.choice).default(""),
});
