"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import { Link } from "./link";

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
