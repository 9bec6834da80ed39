"use client";

import { useEffect, useRef } from "react";
import { Banner } from "../_components/banner";
import type { EdgeWords } from "./edge-words";

/** What came in place of an answer, above a form. It takes the focus when it is new. */
export function TroubleNotice({ trouble }: { trouble: EdgeWords | undefined }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (trouble) holder.current?.focus();
  }, [trouble]);
  if (!trouble) return null;
  return (
    <div ref={holder} tabIndex={-1} className="notice">
      <Banner tone="warn" role="alert" title={trouble.title}>
        <p>{trouble.text}</p>
      </Banner>
    </div>
  );
}
