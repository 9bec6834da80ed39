"use client";

import { useEffect, useRef } from "react";
import { unreachable } from "@/domain/unreachable";
import { Banner } from "../_components/banner";
import { Button } from "../_components/button";
import type { CommandState, Unanswered, Version } from "./command-state";

type Props = { state: CommandState; noun: string; onLookAgain: () => void };

/** What the bank answered, above the form. It takes the focus once, when it is new; a field error is announced by its field. */
export function CommandNotice({ state, noun, onLookAgain }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  useEffect(() => {
    const fresh = !first.current || state.kind !== "idle";
    first.current = false;
    if (!fresh) return;
    if (state.kind === "invalid") focusFirstError(holder.current);
    else holder.current?.focus();
  }, [state]);

  return (
    <div ref={holder} tabIndex={-1} className="notice">
      <Notice state={state} noun={noun} onLookAgain={onLookAgain} />
    </div>
  );
}

function focusFirstError(holder: HTMLElement | null) {
  holder?.closest("form")?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}

function Notice({ state, noun, onLookAgain }: Props) {
  switch (state.kind) {
    case "idle":
    case "editing":
    case "invalid":
    case "review":
      return null;
    case "refused":
      return (
        <Banner tone="debit" role="alert" title={state.title}>
          <p>{state.text}</p>
        </Banner>
      );
    case "mismatch":
      return <Mismatch recorded={state.recorded} yours={state.yours} noun={noun} />;
    case "busy":
      return (
        <Banner tone="warn" role="alert" title="The bank is busy">
          <p>Nothing was decided and nothing was booked. Send it again in a moment; it cannot be booked twice.</p>
        </Banner>
      );
    case "checking":
      return (
        <Banner tone="warn" role="alert" title="We don’t know yet. Checking">
          <p>
            {unansweredWords[state.why]} This page looks whether your {noun} was booked, and tells you. You need not send it
            again.
          </p>
        </Banner>
      );
    case "unknown":
      return (
        <Banner tone="warn" role="alert" title="We still don’t know">
          <p>
            {unansweredWords[state.why]} Daybook could not say since whether your {noun} was booked. What you typed is kept. Sent
            again from here, it cannot be booked twice.
          </p>
          <Button small onClick={onLookAgain}>
            Look again
          </Button>
        </Banner>
      );
    case "unsent":
      return (
        <Banner tone="warn" role="alert" title={state.title}>
          <p>{state.text} What you typed is kept. Send it again when you like; it cannot be booked twice.</p>
        </Banner>
      );
    case "replayed":
      return (
        <Banner tone="info" role="alert" title={state.title}>
          <p>{state.text}</p>
        </Banner>
      );
    case "older":
      return (
        <Banner tone="warn" role="alert" title="This page is older than the bank">
          <p>Your input is kept below. Load the page again and send it once more; it cannot be booked twice.</p>
        </Banner>
      );
    case "failed":
      return (
        <Banner tone="debit" role="alert" title="Something went wrong on our side">
          <p>
            Send it again; it cannot be booked twice. If it keeps failing, quote reference <code>{state.reference}</code>.
          </p>
        </Banner>
      );
    default:
      return unreachable(state);
  }
}

const unansweredWords: Readonly<Record<Unanswered, string>> = {
  lost: "The answer got lost on its way.",
  foreign: "Something else than Daybook answered, as a proxy or the sign-in page of a network does.",
  failed: "Something went wrong on our side.",
  busy: "The book did not answer in time.",
};

function Mismatch({ recorded, yours, noun }: { recorded: readonly Version[]; yours: readonly Version[]; noun: string }) {
  return (
    <Banner tone="warn" role="alert" title={`This form was sent before, with other input`}>
      <p>The first one stands. What you see below has not been booked.</p>
      <div className="versions">
        <VersionList title="Booked or refused before" rows={recorded} />
        <VersionList title="Now in the form" rows={yours} />
      </div>
      <Button type="submit" name="step" value="post" small>
        Post this as a new {noun}
      </Button>
    </Banner>
  );
}

function VersionList({ title, rows }: { title: string; rows: readonly Version[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <dl className="facts">
        {rows.map((row) => (
          <div key={row.label} className="contents">
            <dt>{row.label}</dt>
            <dd>{row.text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
