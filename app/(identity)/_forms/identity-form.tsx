"use client";

import { type ReactNode, useActionState, useEffect, useRef } from "react";
import { Banner } from "@/app/_components/banner";
import { SubmitButton } from "@/app/_components/submit-button";
import { type IdentityAction, type IdentityState, idle } from "./identity-state";

type Props = {
  action: IdentityAction;
  button: string;
  pending: string;
  /** The fields, given the errors and what was typed before. */
  fields: (errors: Readonly<Record<string, string>>, typed: Readonly<Record<string, string>>) => ReactNode;
};

/** A form that works without scripts; with them, the focus goes to the first field that is wrong, else to the answer. */
export function IdentityForm({ action, button, pending, fields }: Props) {
  const [state, formAction] = useActionState(action, idle);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.kind === "idle") return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-answer] [tabindex]")?.focus();
  }, [state]);

  if (state.kind === "done") {
    return (
      <Banner tone="credit" role="status" title={state.title}>
        <p>{state.text}</p>
      </Banner>
    );
  }
  return (
    <form ref={form} action={formAction} className="sheet form-sheet" noValidate>
      {state.kind === "refused" ? (
        <div data-answer>
          <Banner tone="debit" role="alert" title={state.title} focusId="answer">
            <p>{state.text}</p>
          </Banner>
        </div>
      ) : null}
      {fields(state.kind === "invalid" ? state.errors : {}, typedOf(state))}
      <div>
        <SubmitButton pending={pending}>{button}</SubmitButton>
      </div>
    </form>
  );
}

function typedOf(state: IdentityState): Readonly<Record<string, string>> {
  return state.kind === "invalid" || state.kind === "refused" ? state.typed : {};
}
