import type { ReactNode } from "react";

/** "Nothing yet" (offer the first action) or "nothing matches" (offer to clear the filters). */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}
