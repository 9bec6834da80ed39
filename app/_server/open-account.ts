import type { PartyId } from "@/domain/ids";
import { allocateAccount } from "@/infra/commands/allocate-account";
import { findParties, partyNames } from "@/infra/identity/people";
import { runtime } from "@/infra/runtime";
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

export const newAccount = () => allocateAccount(runtime().pool);

const HOLDERS_MAX = 500;

/** Whom a teller can open an account for: everybody but the party that the teller acts for. */
export async function possibleHolders({ actor }: Viewer): Promise<readonly { id: PartyId; name: string }[]> {
  const parties = await findParties(runtime().pool, { text: "", limit: HOLDERS_MAX });
  return parties.filter(({ partyId }) => partyId !== actor.partyId).map(({ partyId, name }) => ({ id: partyId, name }));
}
