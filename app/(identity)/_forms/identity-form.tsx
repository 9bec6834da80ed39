"use client";

import { type ReactNode, useEffect } from "react";
import { Banner } from "@/app/_components/banner";
import { SubmitButton } from "@/app/_components/submit-button";
import { TroubleNotice } from "@/app/_forms/trouble-notice";
import { usePlainForm } from "@/app/_forms/use-plain-form";
import { type IdentityAction, type IdentityState, idle } from "./identity-state";

type Props = {
  action: IdentityAction;
  button: string;
  pending: string;
  /** What to do when it is not known whether it was done. */
  unknown: string;
  /** The fields, given the errors and what was typed before. */
  fields: (errors: Readonly<Record<string, string>>, typed: Readonly<Record<string, string>>) => ReactNode;
};

/** A form that works without scripts; with them, the focus goes to the first field that is wrong, else to the answer. */
export function IdentityForm({ action, button, pending, unknown, fields }: Props) {
  const { state, trouble, pending: isPending, form } = usePlainForm({ action, idle, unknown });
  const { ref } = form;
  useEffect(() => {
    if (state.kind === "idle") return;
    ref.current?.querySelectorAll<HTMLInputElement>("input[type=password]").forEach((field) => {
      field.value = ""; // an answer is no reason to leave it standing there
    });
    ref.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-answer] [tabindex]")?.focus();
  }, [state, ref]);

  if (state.kind === "done") {
    return (
      <Banner tone="credit" role="status" title={state.title}>
        <p>{state.text}</p>
      </Banner>
    );
  }
  return (
    <form {...form} className="sheet form-sheet" noValidate>
      <TroubleNotice trouble={trouble} />
      {state.kind === "refused" ? (
        <div data-answer>
          <Banner tone="debit" role="alert" title={state.title} focusId="answer">
            <p>{state.text}</p>
          </Banner>
        </div>
      ) : null}
      {fields(state.kind === "invalid" ? state.errors : {}, typedOf(state))}
      <div>
        <SubmitButton pending={pending} isPending={isPending}>
          {button}
        </SubmitButton>
      </div>
    </form>
  );
}

function typedOf(state: IdentityState): Readonly<Record<string, string>> {
  return state.kind === "invalid" || state.kind === "refused" ? state.typed : {};
}
