import { Field } from "@/app/_components/field";

/** As the bank checks it (infra/identity/password-rules.ts), said before it is sent. */
const passwordLengthMin = 12;

type FieldState = { error: string | undefined };

/** The address that a person signs in with. */
export function EmailField({ error, typed }: FieldState & { typed: string | undefined }) {
  return (
    <Field label="E-mail address" name="email" type="email" autoComplete="username" required defaultValue={typed} error={error} />
  );
}

/** A password that is known: nothing is said about its rules, which were others once. */
export function CurrentPasswordField({ label, name, error }: FieldState & { label: string; name: string }) {
  return <Field label={label} name={name} type="password" autoComplete="current-password" required error={error} />;
}

export function NewPasswordField({ label, name, error }: FieldState & { label: string; name: string }) {
  return (
    <Field
      label={label}
      name={name}
      type="password"
      autoComplete="new-password"
      required
      minLength={passwordLengthMin}
      hint={`At least ${passwordLengthMin} characters. Several words that do not belong together are easy to remember.`}
      error={error}
    />
  );
}
