"use client";

import { Banner } from "../_components/banner";
import { Button } from "../_components/button";
import type { Restored } from "./use-kept-fields";

const words: Readonly<Record<Exclude<Restored, "no">, { title: string; text: string }>> = {
  kept: { title: "What you typed before is back", text: "It has not been sent." },
  unsent: {
    title: "You were signed out before this was sent",
    text: "Nothing was done with it. What you typed is back; send it again.",
  },
};

/** Says that a form was filled in from what was kept. */
export function RestoredNotice({ restored, onDiscard }: { restored: Restored; onDiscard: () => void }) {
  if (restored === "no") return null;
  const { title, text } = words[restored];
  return (
    <Banner tone={restored === "unsent" ? "warn" : "info"} role="status" title={title}>
      <p>{text}</p>
      <Button type="button" small onClick={onDiscard}>
        Empty the form
      </Button>
    </Banner>
  );
}
