import type { ReactNode } from "react";

/** The heading of a page: where one came from, the one h1, a sentence, and the page's actions. */
export function PageHead(props: { title: ReactNode; lede?: ReactNode; crumb?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="page-head">
      <div className="min-w-0">
        {props.crumb ? <div className="crumb">{props.crumb}</div> : null}
        <h1>{props.title}</h1>
        {props.lede ? <p className="page-lede">{props.lede}</p> : null}
      </div>
      {props.actions ? <div className="actions">{props.actions}</div> : null}
    </div>
  );
}
