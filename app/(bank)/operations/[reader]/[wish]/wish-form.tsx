"use client";

import { useActionState } from "react";
import { Banner } from "@/app/_components/banner";
import { Field, SelectField } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { SubmitButton } from "@/app/_components/submit-button";
import type { RebuildWish } from "@/app/_server/rebuilds";
import { operate } from "./action";
import type { WishState } from "./wish-state";
import type { WishWords } from "./wish-words";

type Props = {
  name: string;
  wish: RebuildWish;
  words: Pick<WishWords, "button" | "pending" | "back" | "danger">;
  /** What can be set: workers only at the beginning. */
  fields: { workers: boolean; pace: boolean };
  pace: number | null;
  seenAt: string | undefined;
};

const idle: WishState = { kind: "idle" };
const workerChoices = [1, 2, 3, 4, 8, 16];

/** The last step before a wish is asked for. Works without scripts. */
export function WishForm({ name, wish, words, fields, pace, seenAt }: Props) {
  const [state, formAction] = useActionState(operate, idle);
  const typed = state.kind === "idle" ? {} : state.typed;
  return (
    <form action={formAction} className="grid gap-5">
      {state.kind === "refused" ? <Banner tone="debit" role="alert" title={state.text} /> : null}
      {state.kind === "invalid" && !state.error ? (
        <Banner tone="warn" role="alert" title="This page is older than the bank. Load it again." />
      ) : null}
      <input type="hidden" name="name" value={name} />
      <input type="hidden" name="wish" value={wish} />
      {seenAt ? <input type="hidden" name="seenAt" value={seenAt} /> : null}
      {fields.workers ? (
        <SelectField
          label="Workers"
          name="workers"
          defaultValue={typed.workers ?? "2"}
          hint="The accounts are shared out among them. Each takes a connection to the database."
        >
          {workerChoices.map((count) => (
            <option key={count}>{count}</option>
          ))}
        </SelectField>
      ) : null}
      {fields.pace ? (
        <Field
          label="At most so many events a second"
          name="pace"
          inputMode="numeric"
          autoComplete="off"
          optional
          defaultValue={typed.pace ?? pace?.toString() ?? ""}
          error={state.kind === "invalid" ? state.error : undefined}
          hint="A brake for busy hours. Empty: none. It can be changed while the rebuild goes on."
        />
      ) : null}
      <div className="actions">
        <SubmitButton pending={words.pending} variant={words.danger ? "danger" : "primary"}>
          {words.button}
        </SubmitButton>
        <Link href="/operations#rebuilds" className="button button-quiet">
          {words.back}
        </Link>
      </div>
    </form>
  );
}
