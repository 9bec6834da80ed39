import type { ComponentProps, ReactNode } from "react";

type FieldText = { label: string; name: string; hint?: ReactNode; error?: string | undefined; optional?: boolean };

const describedBy = (id: string, hint: ReactNode, error: string | undefined) =>
  [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ") || undefined;

/** Label, control, hint and inline error, tied together by id. The control is an `<input>`; `id` defaults to the name. */
export function Field({
  label,
  name,
  hint,
  error,
  optional,
  id = name,
  className,
  ...input
}: FieldText & Omit<ComponentProps<"input">, "name">) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <input
        id={id}
        name={name}
        className={["input", className ?? ""].join(" ").trim()}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        {...input}
      />
    </FieldFrame>
  );
}

/** The same for a native `<select>`; the options are its children. */
export function SelectField({
  label,
  name,
  hint,
  error,
  optional,
  id = name,
  children,
  ...select
}: FieldText & Omit<ComponentProps<"select">, "name">) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <select
        id={id}
        name={name}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        {...select}
      >
        {children}
      </select>
    </FieldFrame>
  );
}

function FieldFrame(props: {
  id: string;
  label: string;
  hint: ReactNode;
  error: string | undefined;
  optional: boolean | undefined;
  children: ReactNode;
}) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={props.id}>
        {props.label} {props.optional ? <span className="field-optional">(optional)</span> : null}
      </label>
      {props.children}
      {props.error ? (
        <p className="field-error" id={`${props.id}-error`} role="alert">
          {props.error}
        </p>
      ) : null}
      {props.hint ? (
        <p className="field-hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      ) : null}
    </div>
  );
}
