import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const icons = { info: Info, credit: CircleCheck, warn: TriangleAlert, debit: CircleAlert } as const;

/**
 * What, why, what next. `role` is "alert" for what stops the person, "status" for a result announced once,
 * and absent for what merely stands on the page. `focusId` lets focus be sent here after an action.
 */
export function Banner(props: {
  tone: keyof typeof icons;
  title: string;
  children?: ReactNode;
  role?: "alert" | "status";
  focusId?: string;
}) {
  const Icon = icons[props.tone];
  return (
    <div className={`banner banner-${props.tone}`} role={props.role} id={props.focusId} tabIndex={props.focusId ? -1 : undefined}>
      <Icon aria-hidden="true" />
      <div className="min-w-0">
        <p className="banner-title">{props.title}</p>
        {props.children}
      </div>
    </div>
  );
}
