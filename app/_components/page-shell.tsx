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
      <footer className="foot">
        <span>Daybook keeps every entry, once, in order, and never rubs one out.</span>
        {props.demo ? <span>Demonstration book: the people and the money in it are invented.</span> : null}
      </footer>
    </>
  );
}
