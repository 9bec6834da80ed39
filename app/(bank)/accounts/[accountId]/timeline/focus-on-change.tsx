"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** Moves the focus here when another thing is shown than at first; not when the page is merely loaded or refreshed. */
export function FocusOnChange({ token, children }: { token: number; children: ReactNode }) {
  const holder = useRef<HTMLDivElement>(null);
  const shown = useRef(token);
  useEffect(() => {
    if (shown.current === token) return;
    shown.current = token;
    holder.current?.focus({ preventScroll: true });
  }, [token]);
  return (
    <div ref={holder} tabIndex={-1} className="notice">
      {children}
    </div>
  );
}
