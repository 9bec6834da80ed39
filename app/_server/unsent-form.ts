import { cookies } from "next/headers";
import type { RequestFacts } from "./request-facts";

const name = "daybook.unsent";
const keptSeconds = 600;

/** Whether this request carries a form, and not only the wish to see a page. */
export const bringsForm = ({ headers }: Pick<RequestFacts, "headers">): boolean =>
  headers.has("next-action") || (headers.get("content-type")?.startsWith("multipart/form-data") ?? false);

/** Notes for this browser that the form of this page was sent when its session was over. Nothing was done with it. */
export async function noteUnsentForm(path: string): Promise<void> {
  (await cookies()).set(name, path, { httpOnly: true, sameSite: "lax", path: "/", maxAge: keptSeconds });
}

/** Whether the form of this page was sent of late when the session was over, and not again since. */
export async function wasUnsent(path: string): Promise<boolean> {
  return (await cookies()).get(name)?.value === path;
}

/** A form has arrived: what was said of an earlier one is done with. */
export async function forgetUnsentForm(): Promise<void> {
  const jar = await cookies();
  if (jar.has(name)) jar.delete(name);
}
