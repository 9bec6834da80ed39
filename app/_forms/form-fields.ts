/** The text fields of a posted form, without those React adds. A file becomes "", which zod refuses. No repeated field comes this far: app/_server/form-body.ts. */
export function formFields(form: FormData): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of form) {
    if (!name.startsWith("$ACTION")) fields[name] = typeof value === "string" ? value : "";
  }
  return fields;
}
