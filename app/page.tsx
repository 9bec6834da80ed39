import { redirect } from "next/navigation";
import { requireActor } from "./_server/session";

/** The start is where one's work is. */
export default async function StartPage() {
  const actor = await requireActor();
  redirect(actor.role === "operator" ? "/operations" : "/accounts");
}
