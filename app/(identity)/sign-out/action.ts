"use server";

import { redirect } from "next/navigation";
import { requireSameOrigin } from "@/app/_server/origin";
import { signOutHere } from "@/app/_server/signing-in";

/** Ends the session, here and in the database. */
export async function signOutAction(): Promise<void> {
  await requireSameOrigin();
  await signOutHere();
  redirect("/sign-in?after=out");
}
