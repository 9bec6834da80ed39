import type { z } from "zod";
import type { PlainTextProblem } from "@/domain/text/plain-text";
import { plainTextProblemText } from "../_wording/plain-text-problem";
import { formFields } from "./form-fields";

export type FieldErrors = Readonly<Record<string, string>>;

/** The fields of a form as its shape reads them, or the first problem of each field in words. */
export function readForm<Shape extends z.ZodObject>(
  shape: Shape,
  form: FormData,
): { ok: true; value: z.infer<Shape> } | { ok: false; errors: FieldErrors } {
  const read = shape.safeParse(formFields(form));
  return read.success ? { ok: true, value: read.data } : { ok: false, errors: fieldErrors(read.error.issues) };
}

export const fieldErrors = (issues: readonly z.core.$ZodIssue[]): FieldErrors =>
  Object.fromEntries([...issues].reverse().map((issue) => [String(issue.path[0] ?? ""), issueText(issue)]));

/** An issue of plain text carries its problem; every other is words already. */
export function issueText(issue: z.core.$ZodIssue): string {
  const problem = issue.code === "custom" ? (issue.params?.problem as PlainTextProblem | undefined) : undefined;
  return problem ? plainTextProblemText(problem) : issue.message;
}
