import type { ReactNode } from "react";
import { PageShell } from "../_components/page-shell";
import { bookIsDemo } from "../_server/book";

export default async function IdentityLayout({ children }: { children: ReactNode }) {
  return (
    <PageShell demo={await bookIsDemo()} narrow>
      {children}
    </PageShell>
  );
}
