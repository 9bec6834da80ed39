"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

const places = {
  start: "md:start-[calc(max(var(--gutter),(100vw-var(--page))/2+var(--gutter))+7.75rem)]",
  end: "md:end-[max(var(--gutter),calc((100vw-var(--page))/2+var(--gutter)))]",
} as const;

/** What a button of the masthead opens by its `popoverTarget`. The browser closes it by Esc or a press elsewhere; going to another page closes it too. */
export function Popover(props: { id: string; label: string; at: keyof typeof places; width: string; children: ReactNode }) {
  const pathname = usePathname();
  const popover = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the address that closes it
  useEffect(() => {
    if (popover.current?.matches(":popover-open")) popover.current.hidePopover();
  }, [pathname]);
  return (
    <div
      ref={popover}
      id={props.id}
      popover="auto"
      role="dialog"
      aria-label={props.label}
      className={`${places[props.at]} ${props.width} fixed inset-auto top-[3.75rem] m-0 max-h-[calc(100dvh-4.5rem)] overflow-auto rounded-pop border border-edge bg-pop p-2 text-ink shadow-pop max-md:inset-x-2 max-md:top-24 max-md:max-h-[calc(100dvh-6.5rem)] max-md:w-auto`}
    >
      {props.children}
    </div>
  );
}
