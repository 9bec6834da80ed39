"use client";

import { Check } from "lucide-react";
import type { SavedState } from "./saved-state";

/** "Saved", announced once. */
export function SavedNotice({ state }: { state: SavedState }) {
  return (
    <p role="status" className="inline-flex items-center gap-1 text-sm text-credit">
      {state.kind === "saved" ? (
        <>
          <Check aria-hidden="true" className="size-4" /> Saved
        </>
      ) : null}
    </p>
  );
}
