import { dropValue, keepValue, keptNames, readValue } from "./kept-values";

const prefix = "draft:";
const clearedAt = "drafts-cleared-at";
const keptMsMax = 12 * 60 * 60_000;

/** What was typed into a form and not sent yet. `unsent`: it was sent, and the session had ended: nothing was done with it. */
export type Draft = { fields: Readonly<Record<string, string>>; at: number; unsent?: boolean };

/**
 * Keeps what stands in a form, for this tab alone. A form's key begins with its person's, so that it is never shown to another one.
 * Passwords are not kept, nor what the page itself put into the form.
 */
export function keepDraft(formKey: string, form: HTMLFormElement): void {
  const fields = typedIn(form);
  if (Object.keys(fields).length === 0) return; // a review shows what was typed, and has no fields
  keepValue("tab", prefix + formKey, { fields, at: Date.now() } satisfies Draft);
}

export function draftOf(formKey: string): Draft | undefined {
  const kept = readValue("tab", prefix + formKey) as Partial<Draft> | undefined;
  if (typeof kept?.at !== "number" || typeof kept.fields !== "object") return undefined;
  const cleared = readValue("browser", clearedAt);
  const isOver = kept.at <= (typeof cleared === "number" ? cleared : 0) || kept.at < Date.now() - keptMsMax;
  if (isOver) forgetDraft(formKey);
  return isOver ? undefined : { fields: kept.fields, at: kept.at, ...(kept.unsent && { unsent: true }) };
}

/** The session had ended when the form was sent. */
export function noteUnsent(formKey: string): void {
  const draft = draftOf(formKey);
  if (draft) keepValue("tab", prefix + formKey, { ...draft, unsent: true } satisfies Draft);
}

export function forgetDraft(formKey: string): void {
  dropValue("tab", prefix + formKey);
}

/** Somebody else was here before: what they typed goes. */
export function forgetDraftsOfOthers(formKey: string): void {
  const own = prefix + formKey.slice(0, formKey.indexOf("/") + 1);
  for (const name of keptNames("tab", prefix)) if (!name.startsWith(own)) dropValue("tab", name);
}

/** At sign-out: what was typed in any tab of this browser is kept no longer. */
export function forgetAllDrafts(): void {
  for (const name of keptNames("tab", prefix)) dropValue("tab", name);
  keepValue("browser", clearedAt, Date.now());
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/**
 * Puts a draft into a form as if it were typed, where nothing else was typed meanwhile. A field that has the focus is
 * left alone: what somebody is about to type there must not be joined to it. False: it had nothing to say.
 */
export function fillIn(form: HTMLFormElement, fields: Draft["fields"]): boolean {
  let isFilled = false;
  for (const control of controlsOf(form)) {
    const value = fields[control.name];
    if (value === undefined || control === document.activeElement) continue;
    if (!isUntouched(control) || !put(control, value)) continue;
    isFilled = true;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return isFilled;
}

/** Whether everything in the form is as the page was made. */
export function isPristine(form: HTMLFormElement): boolean {
  return controlsOf(form).every(isUntouched);
}

function typedIn(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const control of controlsOf(form)) {
    if (!isTick(control)) fields[control.name] = control.value;
    else if (control.checked) fields[control.name] = control.value;
    else fields[control.name] ??= ""; // a box that is not ticked
  }
  return fields;
}

const unkept = ["hidden", "password", "file", "submit", "button", "reset", "image"];

function controlsOf(form: HTMLFormElement): readonly Control[] {
  return [...form.elements].filter((element): element is Control => {
    const isControl =
      element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;
    return isControl && element.name !== "" && !unkept.includes(element.type);
  });
}

const isTick = (control: Control): control is HTMLInputElement => control.type === "radio" || control.type === "checkbox";

function isUntouched(control: Control): boolean {
  if (control instanceof HTMLSelectElement) {
    const chosen = control.selectedOptions[0];
    const byDefault = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
    return chosen === byDefault;
  }
  if (isTick(control)) return control.checked === control.defaultChecked;
  return control.value === control.defaultValue;
}

/** False: it stands there already, or cannot be chosen any more. */
function put(control: Control, value: string): boolean {
  if (isTick(control)) {
    const isOn = control.value === value;
    if (control.checked === isOn) return false;
    control.checked = isOn;
    return true;
  }
  if (control.value === value) return false;
  control.value = value;
  return control.value === value;
}
