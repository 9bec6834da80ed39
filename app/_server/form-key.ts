import { createHash } from "node:crypto";
import type { Viewer } from "./viewer";

/** Names a person's form, for what their own browser keeps of it. The person stands first, as a mark that says nothing else. */
export function formKey({ actor }: Viewer, form: string): string {
  const person = createHash("sha256").update(`forms of ${actor.userId}`).digest("base64url").slice(0, 16);
  return `${person}/${form}`;
}
