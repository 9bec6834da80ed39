import type { Actor } from "@/domain/access/policy";
import { type AccountNumber, parseAccountNumber } from "@/domain/account/account-number";
import { type PartyId, parsePartyId } from "@/domain/ids";
import { allocateAccount } from "@/infra/commands/allocate-account";
import { type FoundParty, findParties } from "@/infra/identity/find-parties";
import { knownParties, partyNames } from "@/infra/identity/people";
import { readableOnly } from "@/infra/rows/unreadable-row";
import { runtime } from "@/infra/runtime";
import { accountsFor } from "@/projections/account-balances/queries";
import { requireViewerAs, type Viewer } from "./viewer";

/** Somebody who may open accounts; to others the page is not there. */
export async function requireOpener(): Promise<Viewer> {
  return requireViewerAs("customer", "teller");
}

/** A customer opens for himself, whatever the form says; a teller for a party that is there and was chosen. An event is for ever. */
export async function holderFor({ actor }: Viewer, chosen: PartyId | undefined): Promise<PartyId | undefined> {
  if (actor.role === "customer") return actor.partyId ?? undefined;
  return chosen && (await partyNames(runtime().pool, [chosen])).has(chosen) ? chosen : undefined;
}

export const newAccount = () => allocateAccount(runtime().pools.writer);

const HOLDERS_PER_PAGE = 20;

export type HolderChoice = FoundParty;
export type HolderPage = { holders: readonly HolderChoice[]; next: string | null };

/** Whom a teller can open an account for: everybody but the party that the teller acts for. By name, e-mail, customer or account number. */
export async function findHolders(
  { actor }: Viewer,
  { q, after }: { q: string; after?: string | undefined },
): Promise<HolderPage> {
  const { pool } = runtime();
  const number = parseAccountNumber(q);
  if (number) return { holders: (await holdersOf(actor, number)).filter(({ partyId }) => partyId !== actor.partyId), next: null };
  const { parties, next } = await findParties(pool, { text: q, after, limit: HOLDERS_PER_PAGE });
  return { holders: parties.filter(({ partyId }) => partyId !== actor.partyId), next };
}

/** The one that was chosen; undefined where there is none, or it is the teller's own. */
export async function chosenHolder({ actor }: Viewer, chosen: string): Promise<HolderChoice | undefined> {
  const id = parsePartyId(chosen);
  if (!id || id === actor.partyId) return undefined;
  return (await partiesById([id]))[0];
}

async function holdersOf(actor: Actor, number: AccountNumber): Promise<readonly HolderChoice[]> {
  const { accounts } = await accountsFor(runtime().pool, actor, { search: number, limit: 1 });
  return partiesById(readableOnly(accounts)[0]?.holders ?? []);
}

async function partiesById(ids: readonly PartyId[]): Promise<readonly HolderChoice[]> {
  const { pool } = runtime();
  const known = await knownParties(pool, ids);
  const found = await Promise.all(
    [...known.values()].map(({ customerNumber }) => findParties(pool, { text: customerNumber, limit: 1 })),
  );
  return found.flatMap(({ parties }) => parties);
}
