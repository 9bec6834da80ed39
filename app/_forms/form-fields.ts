/** The text fields of a posted form, without those React adds. Files and repeated fields become "" and the last one: zod refuses what is left. */
export function formFields(form: FormData): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of form) {
    if (!name.startsWith("$ACTION")) fields[name] = typeof value === "string" ? value : "";
  }
  return fields;
}
