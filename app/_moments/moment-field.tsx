"use client";

import { type ComponentProps, useEffect, useRef, useState } from "react";
import { Button } from "../_components/button";
import { Field } from "../_components/field";
import { askReading, type LiveReading } from "./live-reading";

type Props = ComponentProps<typeof Field> & { zone: string; opening: Date };

const pauseMs = 200; // between two keys of somebody who types; the answer is there before they look up

/** A field for a moment in words. How it is read is said below it while it is typed. */
export function MomentField({ zone, opening, error, ...field }: Props) {
  const [reading, setReading] = useState<LiveReading>();
  const input = useRef<HTMLInputElement>(null);
  const asking = useRef<AbortController>(null);
  useEffect(() => () => asking.current?.abort(), []);

  const ask = async (text: string) => {
    asking.current?.abort();
    const stop = new AbortController();
    asking.current = stop;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const found = stop.signal.aborted || text.trim() === "" ? undefined : await askReading({ text, zone, opening }, stop.signal);
    if (!stop.signal.aborted) setReading(found);
  };
  const choose = (text: string) => {
    if (!input.current) return;
    input.current.value = text;
    input.current.focus();
    void ask(text);
  };
  return (
    <div className="grid">
      <Field
        {...field}
        ref={input}
        error={reading ? undefined : error}
        onInput={(event) => void ask(event.currentTarget.value)}
      />
      <output htmlFor={field.id} className="grid gap-2 not-empty:mt-2">
        {reading ? <Said reading={reading} choose={choose} /> : null}
      </output>
    </div>
  );
}

/** While the bank cannot be asked nothing is said: the form says it. */
function Said({ reading, choose }: { reading: LiveReading; choose: (text: string) => void }) {
  if (reading.kind === "read") return <p className="reading">{reading.spoken}</p>;
  if (reading.kind !== "refused") return null;
  return (
    <>
      <p className={reading.code === "malformed" ? "text-sm text-ink-2" : "text-sm text-debit"}>{reading.text}</p>
      {reading.choices.map((choice) => (
        <Button key={choice} small onClick={() => choose(choice)}>
          {choice}
        </Button>
      ))}
    </>
  );
}
