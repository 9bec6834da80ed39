import type { ReactNode } from "react";
import { Shortcuts } from "../_keys/shortcuts";
import { bookIsDemo } from "../_server/book";
import { mastheadOf } from "../_server/masthead";
import { currentViewer } from "../_server/viewer";
import { PageShell } from "../_shell/page-shell";

/** The frame of the signed-in pages. It guards nothing: each page and action checks access itself. */
export default async function BankLayout({ children }: { children: ReactNode }) {
  const [viewer, demo] = await Promise.all([currentViewer(), bookIsDemo()]);
  return (
    <PageShell viewer={viewer ? await mastheadOf(viewer) : undefined} demo={demo}>
      {children}
      {viewer?.singleKeys ? <Shortcuts /> : null}
    </PageShell>
  );
}
