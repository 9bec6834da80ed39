"use client";

import type { ReactNode } from "react";
import { CommandNotice } from "./command-notice";
import type { CommandAction, CommandState, Typed } from "./command-state";
import { ReplayedChoice } from "./replayed-choice";
import { RestoredNotice } from "./restored-notice";
import { useCommandForm } from "./use-command-form";

type Shown = {
  state: CommandState;
  typed: Typed;
  errors: Readonly<Record<string, string>>;
  pending: boolean;
  /** Empties the form, and forgets what was kept of it. */
  discard: () => void;
};

type Props = {
  action: CommandAction;
  /** Made when the page was rendered; a resent form is recognised by it. */
  commandId: string;
  /** Names the person and the form, for what is kept in the browser. */
  formKey: string;
  noun: string;
  noValidate?: boolean;
  /** What the page itself says in the form. */
  hidden?: (typed: Typed) => Readonly<Record<string, string>>;
  children: (shown: Shown) => ReactNode;
};

/** A form that carries a command: its answer above it, its id in it, its fields as children. Nothing is shown as done before the bank has said so. */
export function CommandForm({ action, commandId, formKey, noun, noValidate, hidden, children }: Props) {
  const { state, pending, restored, discard, lookAgain, form, ...live } = useCommandForm({ action, commandId, formKey });
  const typed = state.kind === "idle" ? {} : state.typed;
  const errors = state.kind === "invalid" ? state.errors : {};
  return (
    <form {...form} className="sheet form-sheet" noValidate={noValidate}>
      <CommandNotice state={state} noun={noun} onLookAgain={lookAgain} />
      {state.kind === "idle" ? <RestoredNotice restored={restored} onDiscard={discard} /> : null}
      {/* Kept from the browser's own memory of forms, which would put an older id in its place. */}
      <input type="hidden" name="commandId" value={live.commandId} autoComplete="off" />
      {Object.entries(hidden?.(typed) ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.kind === "replayed" ? (
        <ReplayedChoice state={state} pending={pending} />
      ) : (
        children({ state, typed, errors, pending, discard })
      )}
    </form>
  );
}
