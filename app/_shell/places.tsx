"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import { Link } from "@/app/_components/link";

export type Place = { href: Route; text: string };

/** Where one can go, the present place marked. */
export function Places({ places }: { places: readonly Place[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Daybook" className="flex self-stretch">
      {places.map(({ href, text }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname.startsWith(href) ? "page" : undefined}
          className="-mb-0.5 inline-flex min-h-10 items-center px-2.5 whitespace-nowrap text-ink-2 no-underline hover:text-ink aria-[current]:border-b-2 aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink max-md:pr-4 max-md:pl-0"
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
