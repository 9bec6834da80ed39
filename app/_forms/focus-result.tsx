"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { settle } from "./open-commands";

/** Sends the focus to a result when the page of that command is reached, and lets the form's id go: its answer is here. */
export function FocusResult({ commandId, children }: { commandId: string; children: ReactNode }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    settle(commandId);
    holder.current?.focus();
  }, [commandId]);
  return (
    <div ref={holder} tabIndex={-1} role="status" className="notice mb-6">
      {children}
    </div>
  );
}
