import { notFound } from "next/navigation";
import type { AccountId } from "@/domain/ids";
import { runtime } from "@/infra/runtime";
import { type EntriesPage, entriesPage } from "@/projections/account-entries/queries";
import { forViewer } from "./unreadable-rows";
import type { Viewer } from "./viewer";

export type { EntriesPage, Entry } from "@/projections/account-entries/queries";

const PAGE = 40;

type Account = { accountId: AccountId; doubtedFrom: number | null };

/**
 * Entries of an account, newest first, older than `before`, and of one under review only those that the bank vouches for; 404
 * where the viewer may not see it.
 */
export async function listEntries(viewer: Viewer, account: Account, asked: number | undefined): Promise<EntriesPage> {
  const { accountId, doubtedFrom } = account;
  const before = doubtedFrom === null ? asked : Math.min(asked ?? doubtedFrom, doubtedFrom);
  const page = (await entriesPage(runtime().pool, viewer.actor, accountId, { before, limit: PAGE })) ?? notFound();
  return { ...page, entries: forViewer(viewer, page.entries) };
}
