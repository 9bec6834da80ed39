import { notFound } from "next/navigation";
import type { AccountId } from "@/domain/ids";
import { runtime } from "@/infra/runtime";
import { type EntriesPage, entriesPage } from "@/projections/account-entries/queries";
import type { Viewer } from "./viewer";

export type { EntriesPage, Entry } from "@/projections/account-entries/queries";

const PAGE = 40;

/** Entries of an account, newest first, older than `before`; 404 where the viewer may not see it. */
export async function listEntries({ actor }: Viewer, accountId: AccountId, before: number | undefined): Promise<EntriesPage> {
  return (await entriesPage(runtime().pool, actor, accountId, { before, limit: PAGE })) ?? notFound();
}
