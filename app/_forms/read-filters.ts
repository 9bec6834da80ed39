import { z } from "zod";
import { unitsMax } from "@/domain/text/bounds";
import { readPlainText } from "@/domain/text/plain-text";
import { foldTyped } from "@/domain/text/typed";
import { plainTextProblemText } from "../_wording/plain-text-problem";
import { type FieldErrors, fieldErrors } from "./read-form";

export type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * What the address of a filtered list says. With `errors`, `params` are those of the list before, which stays as it was, and
 * `typed` is what the fields hold.
 */
export type Filters<Params> = { params: Params; typed: Readonly<Record<string, string>>; errors: FieldErrors };

/** The field that carries the filters of the list that is on the screen, as a query, beside those that are asked for. */
export const formerField = "former";

/** Reads filters all or none: a list that is filtered by half of what was asked says something that nobody asked. */
export function readFilters<Shape extends z.ZodObject>(shape: Shape, search: Search): Filters<z.infer<Shape>> {
  const asked = shape.safeParse(search);
  if (asked.success) return { params: asked.data, typed: {}, errors: {} };
  const { [formerField]: former, ...rest } = search;
  const query = typeof former === "string" && former.length <= unitsMax.path ? former : "";
  const before = shape.safeParse(Object.fromEntries(new URLSearchParams(query)));
  return {
    params: before.success ? before.data : shape.parse({}),
    typed: Object.fromEntries(Object.entries(rest).filter((field): field is [string, string] => typeof field[1] === "string")),
    errors: fieldErrors(asked.error.issues),
  };
}

/** What is searched for, by the rule for every text; what stands twice or is left blank is no search. */
export const searchText = (lengthMax: number) =>
  z
    .string()
    .optional()
    .catch(undefined)
    .transform((text, context): string => {
      const read = readPlainText(text ?? "", lengthMax);
      if (read.ok) return read.value;
      if (read.refusal.code === "empty") return "";
      context.addIssue(plainTextProblemText(read.refusal));
      return z.NEVER;
    });

/** Part of an account number, as people type it or copy it: letters and digits, in capitals and without spaces. */
export const searchNumber = z
  .string()
  .optional()
  .catch(undefined)
  .transform((text = "", context): string => {
    const number = text.length > unitsMax.choice ? text : foldTyped(text).replaceAll(" ", "").toUpperCase();
    if (/^[A-Z0-9]{0,14}$/.test(number)) return number;
    context.addIssue("An account number is DB and 12 digits. Write all or part of it.");
    return z.NEVER;
  });
