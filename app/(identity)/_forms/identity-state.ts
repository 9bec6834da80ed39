/** The answer to a form of this group. What was typed comes back, passwords never do. */
export type IdentityState =
  | { kind: "idle" }
  | { kind: "invalid"; errors: Readonly<Record<string, string>>; typed: Readonly<Record<string, string>> }
  | { kind: "refused"; title: string; text: string; typed: Readonly<Record<string, string>> }
  | { kind: "done"; title: string; text: string };

export type IdentityAction = (previous: IdentityState, form: FormData) => Promise<IdentityState>;

export const idle: IdentityState = { kind: "idle" };

type Typed = Readonly<Record<string, string>>;

export const invalid = (errors: Readonly<Record<string, string>>, typed: Typed = {}): IdentityState => ({
  kind: "invalid",
  errors,
  typed,
});

export const refused = (title: string, text: string, typed: Typed = {}): IdentityState => ({
  kind: "refused",
  title,
  text,
  typed,
});

/** Too many sign in at this moment; nothing was tried or counted. */
export const busy = (typed: Typed = {}): IdentityState =>
  refused("Daybook is busy", "Nothing was tried. Send the form again in a moment.", typed);

export const throttled = (waitSeconds: number, typed: Typed = {}): IdentityState =>
  refused(
    "Too many tries",
    `Wait ${waitText(waitSeconds)}, then try again. A link by mail always works: ask for a new password.`,
    typed,
  );

function waitText(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "a second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
