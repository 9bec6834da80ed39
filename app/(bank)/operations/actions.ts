"use server";

import { refresh } from "next/cache";
import { notFound } from "next/navigation";
import { requireOperator, retryHeld } from "@/app/_server/operations";
import { requireSameOrigin } from "@/app/_server/origin";
import { parseAccountId } from "@/domain/ids";

/** Tries the events of a held account again, wherever it is held; the page then shows whether it is held still. */
export async function retry(form: FormData): Promise<void> {
  await requireSameOrigin();
  const viewer = await requireOperator();
  const accountId = parseAccountId(String(form.get("accountId")));
  if (!accountId) notFound();
  await retryHeld(viewer, accountId);
  refresh();
}
