import { cookies } from "next/headers";

const name = "daybook.done";
const keptSeconds = 60;

/** Notes for this browser what an action has just done, for the page that it leads to. */
export async function noteDone(what: string): Promise<void> {
  (await cookies()).set(name, what, { httpOnly: true, sameSite: "lax", path: "/", maxAge: keptSeconds });
}

/** Whether it was just done in this browser. An address alone, as in a link or after a while, says nothing. */
export async function wasJustDone(what: string): Promise<boolean> {
  return (await cookies()).get(name)?.value === what;
}
