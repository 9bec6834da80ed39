import type { ReactNode } from "react";
import { PageShell } from "../_components/page-shell";
import { Shortcuts } from "../_keys/shortcuts";
import { bookIsDemo } from "../_server/book";
import { currentViewer } from "../_server/viewer";

/** The frame of the signed-in pages. It guards nothing: each page and action checks access itself. */
export default async function BankLayout({ children }: { children: ReactNode }) {
  const [viewer, demo] = await Promise.all([currentViewer(), bookIsDemo()]);
  return (
    <PageShell viewer={viewer ? { name: viewer.name, role: viewer.actor.role } : undefined} demo={demo}>
      {children}
      {viewer?.singleKeys ? <Shortcuts /> : null}
    </PageShell>
  );
}
