"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { formFields } from "@/app/_forms/form-fields";
import { grantRebuildWish } from "@/app/_server/grant-rebuild-wish";
import { requireOperator } from "@/app/_server/operations";
import { requireSameOrigin } from "@/app/_server/origin";
import { rebuildWishes } from "@/app/_server/rebuilds";
import type { WishState } from "./wish-state";

const asked = z.strictObject({
  name: z.string(),
  wish: z.enum(rebuildWishes),
  seenAt: z.iso.datetime().optional(),
  workers: z.coerce.number().int().min(1).max(16).optional(),
  pace: z
    .string()
    .trim()
    .regex(/^[1-9][0-9]{0,6}$|^$/, "A whole number from 1 to 9999999, without separators; or nothing, for no brake.")
    .optional(),
});

/** What an operator wishes for a read model is asked for; the running bank carries it out, and the page of operations shows how it goes. */
export async function operate(_previous: WishState, form: FormData): Promise<WishState> {
  await requireSameOrigin();
  const viewer = await requireOperator();
  const typed = formFields(form);
  const input = asked.safeParse(typed);
  if (!input.success) return { kind: "invalid", typed, error: z.flattenError(input.error).fieldErrors.pace?.[0] };
  const { name, wish, seenAt, workers, pace } = input.data;
  const refusal = await grantRebuildWish(viewer, {
    name,
    wish,
    eventsPerSecondMax: pace ? Number(pace) : null,
    ...(seenAt && { seenAt: new Date(seenAt) }),
    ...(workers && { workers }),
  });
  if (refusal) return { kind: "refused", typed, text: refusal };
  redirect(`/operations?of=${name}&asked=${wish}#rebuilds`);
}
