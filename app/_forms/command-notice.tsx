"use client";

import { useEffect, useRef } from "react";
import { unreachable } from "@/domain/unreachable";
import { Banner } from "../_components/banner";
import { Button } from "../_components/button";
import type { CommandState, Version } from "./command-state";

/** What the bank answered, above the form. It takes the focus once, when it is new; a field error is announced by its field. */
export function CommandNotice({ state, noun }: { state: CommandState; noun: string }) {
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
      <Notice state={state} noun={noun} />
    </div>
  );
}

function focusFirstError(holder: HTMLElement | null) {
  holder?.closest("form")?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}

function Notice({ state, noun }: { state: CommandState; noun: string }) {
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
            The answer got lost on its way. Send the same form again: if your {noun} was booked, you will see it, and it is not
            booked a second time.
          </p>
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
