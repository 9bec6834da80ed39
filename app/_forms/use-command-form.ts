"use client";

import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";
import { type FormEvent, startTransition, useActionState, useEffect, useRef, useState } from "react";
import { forgetCommand, rememberCommand, rememberedCommand } from "./command-memory";
import { type CommandAction, type CommandState, idle, isDefinite } from "./command-state";

const RETRIES_MAX = 5;
const RETRY_AFTER_MS = 2_000;

/**
 * A command form that works without scripts and survives a lost answer with them.
 * Without scripts React posts `formAction` and renders its state; with them the same action is called here, so that a broken
 * connection becomes "checking" under the same command id instead of an error page.
 */
export function useCommandForm(options: { action: CommandAction; commandId: string; formKey: string }) {
  const { action, formKey } = options;
  const [posted, formAction] = useActionState(action, idle);
  const [answered, send, pending] = useActionState(survivingAction(action), undefined);
  const state = answered ?? posted;
  const [rendered, setRendered] = useState(options.commandId);
  const commandId = state.kind === "idle" ? rendered : state.commandId;

  // An id whose answer never came back is still open: this form goes on with it.
  useEffect(() => {
    const open = rememberedCommand(formKey);
    if (open !== null) setRendered(open);
  }, [formKey]);

  useEffect(() => {
    if (isDefinite(state)) forgetCommand(formKey);
  }, [state, formKey]);

  // Asking again with the same id finds out what became of it; after the last try the person decides when to ask.
  const sent = useRef<{ form: FormData; retries: number }>(undefined);
  useEffect(() => {
    const last = sent.current;
    if (answered?.kind !== "checking" || last === undefined || last.retries >= RETRIES_MAX) return;
    const timer = setTimeout(() => {
      last.retries += 1;
      startTransition(() => send(last.form));
    }, RETRY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [answered, send]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const form = new FormData(event.currentTarget, submitter);
    if (form.get("step") !== "edit") rememberCommand(formKey, commandId);
    sent.current = { form, retries: 0 };
    startTransition(() => send(form));
  };

  return { state, commandId, pending, formAction, onSubmit };
}

function survivingAction(action: CommandAction) {
  return async (previous: CommandState | undefined, form: FormData): Promise<CommandState> => {
    try {
      return await action(previous ?? idle, form);
    } catch (error) {
      unstable_rethrow(error);
      if (unstable_isUnrecognizedActionError(error)) return { kind: "older", ...typedIn(form) };
      if (error instanceof TypeError) return { kind: "checking", ...typedIn(form) }; // fetch rejects with a TypeError when the connection is lost
      throw error;
    }
  };
}

function typedIn(form: FormData) {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const typed = Object.fromEntries(
    [...form.keys()].filter((name) => !name.startsWith("$ACTION")).map((name) => [name, text(name)]),
  );
  return { typed, commandId: text("commandId") };
}
