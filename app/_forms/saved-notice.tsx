"use client";

import { Check } from "lucide-react";
import type { SavedState } from "./saved-state";

/** "Saved", announced once, and gone when something else stands in the form. */
export function SavedNotice({ state, isEdited }: { state: SavedState; isEdited: boolean }) {
  return (
    <p role="status" className="inline-flex items-center gap-1 text-sm text-credit">
      {state.kind === "saved" && !isEdited ? (
        <>
          <Check aria-hidden="true" className="size-4" /> Saved
        </>
      ) : null}
    </p>
  );
}
