"use client";

import { unstable_rethrow, useRouter } from "next/navigation";
import { type FormEvent, startTransition, useActionState, useEffect, useRef } from "react";
import { type CommandAction, type CommandState, idle, isDefinite, isOpen, type Typed } from "./command-state";
import { draftOf, forgetDraft, noteUnsent } from "./drafts";
import { explainFailure, isOffline } from "./failure";
import { freshCommandId } from "./fresh-id";
import { leadsToSignIn } from "./leads-to-sign-in";
import { findOut } from "./look-up";
import { forgetOpen, openCommand, rememberOpen, settle } from "./open-commands";
import { isSpent, spend } from "./spent-ids";
import { stateOfFailure, stateOfFound } from "./state-of-failure";
import { useKeptFields } from "./use-kept-fields";
import { useLiveId } from "./use-live-id";

/** `told`: found out without sending anything. */
type Move = { kind: "send"; form: FormData } | { kind: "told"; state: CommandState };

/**
 * A command form that works without scripts and survives a lost answer with them.
 * Without scripts React posts `formAction` and renders its state; with them the same action is called here, so that a broken
 * connection becomes "checking" under the same command id instead of an error page.
 */
export function useCommandForm(options: { action: CommandAction; commandId: string; formKey: string }) {
  const { action, formKey } = options;
  const form = useRef<HTMLFormElement>(null);
  const [posted, formAction] = useActionState(action, idle);
  const [answered, move, pending] = useActionState(stepOf(action, formKey), undefined);
  const state = answered ?? posted;
  const { id, renewIfSpent, renewIfEmpty } = useLiveId(state.kind === "idle" ? options.commandId : state.commandId, form);
  const { restored, keep, discard, sent } = useKeptFields(formKey, form);
  const tell = (next: CommandState) => startTransition(() => move({ kind: "told", state: next }));

  // A form that was sent and never answered is asked about, on whatever page it is shown again.
  useEffect(() => {
    const open = openCommand(formKey);
    if (open === undefined) return;
    if (isSpent(open)) return forgetOpen(formKey);
    startTransition(() => move({ kind: "told", state: checking(open, draftOf(formKey)?.fields ?? {}) }));
  }, [formKey, move]);

  useEffect(() => {
    if (answered && !isOpen(answered)) forgetOpen(formKey);
  }, [answered, formKey]);

  useFindingOut(answered, tell);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const data = new FormData(event.currentTarget, submitter);
    const commandId = renewIfEmpty();
    data.set("commandId", commandId);
    if (data.get("step") === "post") rememberOpen(formKey, commandId);
    keep();
    sent();
    startTransition(() => move({ kind: "send", form: data }));
  };
  const onInput = () => {
    renewIfSpent();
    keep();
  };
  const lookAgain = () => {
    if (state.kind === "unknown") tell({ ...state, kind: "checking" });
  };

  return {
    state,
    commandId: id,
    pending,
    restored,
    discard,
    lookAgain,
    form: { ref: form, action: formAction, onSubmit, onInput },
  };
}

const checking = (commandId: string, typed: Typed): CommandState => ({ kind: "checking", commandId, typed, why: "lost" });

/** While the outcome of a form is not known, the page looks for it; booked, it leads to what was booked. */
function useFindingOut(state: CommandState | undefined, tell: (next: CommandState) => void) {
  const router = useRouter();
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    if (state?.kind !== "checking") return;
    const left = new AbortController();
    void findOut(state.commandId, left.signal).then((found) => {
      if (!found || left.signal.aborted || found.kind === "deciding") return;
      if (found.kind === "signed_out") return router.push(signInFromHere());
      if (found.kind === "refused") spend(state.commandId);
      if (found.kind !== "done") return latest.current(stateOfFound(found, state, freshCommandId()));
      settle(state.commandId);
      router.push(found.to as "/");
    });
    return () => left.abort();
  }, [state, router]);
}

const signInFromHere = () => `/sign-in?returnTo=${encodeURIComponent(location.pathname + location.search)}` as "/";

function stepOf(action: CommandAction, formKey: string) {
  return async (previous: CommandState | undefined, move: Move): Promise<CommandState> => {
    if (move.kind === "told") return move.state;
    const { form } = move;
    const { commandId, ...typed } = textsOf(form);
    const sent = { typed, commandId: commandId ?? "" };
    const wasOffline = isOffline();
    try {
      const answer = await action(previous ?? idle, form);
      if (isDefinite(answer)) spend(sent.commandId);
      if (answer.kind === "replayed") forgetDraft(formKey); // it was done
      return answer;
    } catch (error) {
      if (leadsToSignIn(error)) {
        forgetOpen(formKey); // nothing was done: the session was over
        noteUnsent(formKey);
      }
      unstable_rethrow(error);
      return stateOfFailure(await explainFailure(error, form, wasOffline), sent);
    }
  };
}

function textsOf(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === "string" && !name.startsWith("$ACTION") ? [[name, value]] : [])),
  );
}
