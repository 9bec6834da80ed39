import type { ReactNode } from "react";
import { bookIsDemo } from "../_server/book";
import { PageShell } from "../_shell/page-shell";

export default async function IdentityLayout({ children }: { children: ReactNode }) {
  return (
    <PageShell demo={await bookIsDemo()} narrow>
      {children}
    </PageShell>
  );
}
