"use client";

import { Banner } from "@/app/_components/banner";
import { Field, SelectField } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { SubmitButton } from "@/app/_components/submit-button";
import { RestoredNotice } from "@/app/_forms/restored-notice";
import { TroubleNotice } from "@/app/_forms/trouble-notice";
import { usePlainForm } from "@/app/_forms/use-plain-form";
import type { RebuildOffer, RebuildWish } from "@/app/_server/rebuilds";
import { operate } from "./action";
import type { WishState } from "./wish-state";
import type { WishWords } from "./wish-words";

type Props = {
  name: string;
  /** Names the person and this form, for what is kept in the browser. */
  formKey: string;
  wish: RebuildWish;
  /** What the page offered; the bank refuses it when it is another by now. */
  offer: RebuildOffer;
  words: Pick<WishWords, "button" | "pending" | "back" | "danger">;
  /** What can be set: workers only at the beginning. */
  fields: { workers: boolean; pace: boolean };
  pace: number | null;
  seenAt: string | undefined;
};

const idle: WishState = { kind: "idle" };
const unknown = "It is not known whether it was asked for. Look at Operations before you ask again.";
const workerChoices = [1, 2, 3, 4, 8, 16];

/** The last step before a wish is asked for. Works without scripts. */
export function WishForm({ name, formKey, wish, offer, words, fields, pace, seenAt }: Props) {
  const { state, trouble, pending, restored, discard, form } = usePlainForm({ action: operate, idle, unknown, formKey });
  const typed = state.kind === "idle" ? {} : state.typed;
  return (
    <form {...form} className="grid gap-5">
      <TroubleNotice trouble={trouble} />
      <RestoredNotice restored={restored} onDiscard={discard} />
      {state.kind === "refused" ? <Banner tone="debit" role="alert" title={state.text} /> : null}
      {state.kind === "invalid" && !state.error ? (
        <Banner tone="warn" role="alert" title="This page is older than the bank. Load it again." />
      ) : null}
      <input type="hidden" name="name" value={name} />
      <input type="hidden" name="wish" value={wish} />
      <input type="hidden" name="offer" value={offer} />
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
        <SubmitButton pending={words.pending} isPending={pending} variant={words.danger ? "danger" : "primary"}>
          {words.button}
        </SubmitButton>
        <Link href="/operations#rebuilds" className="button button-quiet">
          {words.back}
        </Link>
      </div>
    </form>
  );
}
