"use client";

import { isRedirectError } from "next/dist/client/components/redirect-error";
import { unstable_rethrow } from "next/navigation";
import { type FormEvent, startTransition, useActionState, useRef, useState } from "react";
import { unreachable } from "@/domain/unreachable";
import { forgetDraft, noteUnsent } from "./drafts";
import type { EdgeWords } from "./edge-words";
import { explainFailure, type Failure, isOffline } from "./failure";
import { leadsToSignIn } from "./leads-to-sign-in";
import { useKeptFields } from "./use-kept-fields";

type Options<State> = {
  action: (previous: State, form: FormData) => Promise<State>;
  idle: Awaited<State>;
  /** What to do when it is not known whether it was done. */
  unknown: string;
  /** Names the person and the form, where what is typed is kept until it is sent. */
  formKey?: string | undefined;
  isDone?: ((state: State) => boolean) | undefined;
};

type Answered<State> = { state: State; trouble?: undefined } | { state?: undefined; trouble: EdgeWords };

/**
 * A form that gives no command to the bank: it works without scripts, and with them whatever comes in place of an answer is told in words,
 * with everything still in its fields.
 */
export function usePlainForm<State extends object>({ action, idle, unknown, formKey, isDone }: Options<State>) {
  const form = useRef<HTMLFormElement>(null);
  const [posted, formAction] = useActionState(action, idle);
  const [answered, send, pending] = useActionState(stepOf({ action, idle, unknown, formKey, isDone }), undefined);
  const { restored, keep, discard, sent } = useKeptFields(formKey, form);
  const [isEdited, setIsEdited] = useState(false);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    sent();
    setIsEdited(false);
    startTransition(() => send(data));
  };
  const onInput = () => {
    setIsEdited(true);
    keep();
  };
  return {
    state: answered?.state ?? (answered ? idle : posted),
    trouble: answered?.trouble,
    pending,
    /** Something was typed since it was sent: "saved" is true no more of what stands here. */
    isEdited,
    restored,
    discard,
    form: { ref: form, action: formAction, onSubmit, onInput },
  };
}

function stepOf<State extends object>({ action, idle, unknown, formKey, isDone }: Options<State>) {
  return async (previous: Answered<State> | undefined, form: FormData): Promise<Answered<State>> => {
    const wasOffline = isOffline();
    try {
      const state = await action(previous?.state ?? idle, form);
      if (formKey && isDone?.(state)) forgetDraft(formKey);
      return { state };
    } catch (error) {
      if (formKey && leadsToSignIn(error)) noteUnsent(formKey);
      else if (formKey && isRedirectError(error)) forgetDraft(formKey); // done, and on to where it shows
      unstable_rethrow(error);
      return { trouble: troubleOf(await explainFailure(error, form, wasOffline), unknown) };
    }
  };
}

function troubleOf(failure: Failure, unknown: string): EdgeWords {
  switch (failure.kind) {
    case "older":
      return {
        title: "This page is older than the bank",
        text: "Nothing was done. Load the page again, and send the form once more.",
      };
    case "told":
      return failure.words;
    case "offline":
      return { title: "You are offline", text: "Nothing was sent." };
    case "lost":
      return { title: "The answer got lost on its way", text: unknown };
    case "foreign":
      return {
        title: "Something else than Daybook answered",
        text: `A proxy or the sign-in page of a network may stand in between. ${unknown}`,
      };
    case "failed":
      return { title: "Something went wrong on our side", text: `${unknown} Our reference is ${failure.reference}.` };
    default:
      return unreachable(failure);
  }
}
