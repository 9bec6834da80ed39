"use client";

import { useEffect, useRef } from "react";
import { Banner } from "@/app/_components/banner";

/** What was just asked for. It takes the focus once, when its page is reached; how it goes on stands below, and is not announced. */
export function AskedNotice({ title, text }: { title: string; text: string }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => holder.current?.focus(), []);
  return (
    <div ref={holder} tabIndex={-1} role="status" className="notice mb-4">
      <Banner tone="info" title={title}>
        <p>{text}</p>
      </Banner>
    </div>
  );
}
