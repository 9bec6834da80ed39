import type { ReactNode } from "react";
import { Masthead, type MastheadViewer } from "./masthead";

/**
 * The frame of every page: masthead, one `<main id="main">`, foot. Signed-out pages leave `viewer` out.
 * It shows; it guards nothing: access is checked by each page and action.
 */
export function PageShell(props: { viewer?: MastheadViewer | undefined; demo: boolean; narrow?: boolean; children: ReactNode }) {
  return (
    <>
      <Masthead viewer={props.viewer} demo={props.demo} />
      <main id="main" tabIndex={-1} className={props.narrow ? "page page-narrow" : "page"}>
        {props.children}
      </main>
      <footer className="mx-auto flex max-w-page flex-wrap gap-x-6 gap-y-1 px-gutter pb-8 text-sm text-ink-3 print:hidden">
        <span>Daybook keeps every entry, once, in order, and never rubs one out.</span>
        {props.demo ? (
          <span>
            <b className="font-semibold tracking-[0.04em] text-warn">DEMO</b> The people and the money are invented.
          </span>
        ) : null}
      </footer>
    </>
  );
}
