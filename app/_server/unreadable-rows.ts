import { isUnreadableRow as isUnreadable, type ReadRow, type UnreadableRow } from "@/infra/rows/unreadable-row";
import { isStaff, type Viewer } from "./viewer";

export type { ReadRow, UnreadableRow } from "@/infra/rows/unreadable-row";

export const isUnreadableRow: (row: object) => row is UnreadableRow = isUnreadable;

/** Rows as the viewer may see them: which column is wrong is for staff. */
export function forViewer<Value extends object>(viewer: Viewer, rows: readonly ReadRow<Value>[]): ReadRow<Value>[] {
  if (isStaff(viewer)) return [...rows];
  return rows.map((row) => (isUnreadable(row) ? { ...row, column: null } : row));
}
