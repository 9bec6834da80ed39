import type { ReactNode } from "react";

/** A short status word. The tone only supports the word. */
export function Badge({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "credit" | "debit" | "warn" | "past";
  children: ReactNode;
}) {
  return <span className={tone === "plain" ? "badge" : `badge badge-${tone}`}>{children}</span>;
}
