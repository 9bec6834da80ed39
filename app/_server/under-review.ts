import { cache } from "react";
import type { AccountId } from "@/domain/ids";
import { streamsUnderReview } from "@/infra/review/streams-under-review";
import { runtime } from "@/infra/runtime";

const underReview = cache(() => streamsUnderReview(runtime().pool));

/** The account's first event that the bank does not vouch for; null: the account is not under review. */
export async function doubtedFrom(id: AccountId): Promise<number | null> {
  return (await underReview()).get(id) ?? null;
}
