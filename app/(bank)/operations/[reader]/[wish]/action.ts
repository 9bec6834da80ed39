"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { formFields } from "@/app/_forms/form-fields";
import { grantRebuildWish } from "@/app/_server/grant-rebuild-wish";
import { requireOperator } from "@/app/_server/operations";
import { requireSameOrigin } from "@/app/_server/origin";
import { noteDone } from "@/app/_server/told-once";
import { wishInput } from "./wish-input";
import type { WishState } from "./wish-state";

/** What an operator wishes for a read model is asked for; the running bank carries it out, and the page of operations shows how it goes. */
export async function operate(_previous: WishState, form: FormData): Promise<WishState> {
  await requireSameOrigin();
  const viewer = await requireOperator();
  const typed = formFields(form);
  const input = wishInput.safeParse(typed);
  if (!input.success) return { kind: "invalid", typed, error: z.flattenError(input.error).fieldErrors.pace?.[0] };
  const { name, wish, offer, seenAt, workers, pace } = input.data;
  const refusal = await grantRebuildWish(viewer, {
    name,
    wish,
    offer,
    eventsPerSecondMax: pace ? Number(pace) : null,
    ...(seenAt && { seenAt: new Date(seenAt) }),
    ...(workers && { workers }),
  });
  if (refusal) return { kind: "refused", typed, text: refusal };
  await noteDone(`${wish} ${name}`);
  redirect(`/operations?of=${name}&asked=${wish}#rebuilds`);
}
