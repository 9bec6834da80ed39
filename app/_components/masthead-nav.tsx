"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";

export type NavLink = { href: Route; text: string };

/** The places of the masthead, the present one marked. */
export function MastheadNav({ links }: { links: readonly NavLink[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Daybook">
      {links.map(({ href, text }) => (
        <Link key={href} href={href} aria-current={pathname.startsWith(href) ? "page" : undefined}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
