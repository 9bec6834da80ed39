"use client";

import { type RefObject, useEffect, useState } from "react";
import { draftOf, fillIn, forgetDraft, forgetDraftsOfOthers, keepDraft } from "./drafts";

/** Whether a form was filled in from what was kept; `unsent`: it had been sent when the session was over. */
export type Restored = "no" | "kept" | "unsent";

/**
 * Keeps what is typed into a form until it is sent, and puts it back when its page is made again: after signing in, a reload, a way
 * through other pages. `formKey` names the person first, then the form; undefined: nothing is kept.
 */
export function useKeptFields(formKey: string | undefined, form: RefObject<HTMLFormElement | null>) {
  const [restored, setRestored] = useState<Restored>("no");

  useEffect(() => {
    if (formKey === undefined) return;
    forgetDraftsOfOthers(formKey);
    const draft = draftOf(formKey);
    if (!draft || !form.current) return;
    const isFilled = fillIn(form.current, draft.fields);
    if (isFilled || draft.unsent) setRestored(draft.unsent ? "unsent" : "kept");
  }, [formKey, form]);

  return {
    restored,
    keep: () => {
      if (formKey !== undefined && form.current) keepDraft(formKey, form.current);
    },
    /** Empties the form, as if nothing had been typed. */
    discard: () => {
      form.current?.reset();
      form.current?.querySelectorAll("input").forEach((input) => {
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
      if (formKey !== undefined) forgetDraft(formKey);
      setRestored("no");
    },
    /** It was sent: what stands in the form is no longer something that was only put back. */
    sent: () => setRestored("no"),
  };
}
