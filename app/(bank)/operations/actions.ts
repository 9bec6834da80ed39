"use server";

import { refresh } from "next/cache";
import { notFound } from "next/navigation";
import { z } from "zod";
import { readerNames, requireOperator, retryHeld } from "@/app/_server/operations";
import { requireSameOrigin } from "@/app/_server/origin";
import { parseAccountId } from "@/domain/ids";

const asked = z.object({ reader: z.enum(readerNames), accountId: z.string() });

/** Tries the events of a held account again; the page then shows whether it is held still. */
export async function retry(form: FormData): Promise<void> {
  await requireSameOrigin();
  await requireOperator();
  const input = asked.safeParse(Object.fromEntries(form));
  const accountId = input.success && parseAccountId(input.data.accountId);
  if (!accountId) notFound();
  await retryHeld(input.data.reader, accountId);
  refresh();
}
