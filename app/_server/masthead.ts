import { formatAccountNumber } from "@/domain/account/account-number";
import { runtime } from "@/infra/runtime";
import { accountsOfParty } from "@/projections/account-balances/accounts-of-party";
import { accountTitle } from "../_components/account-name";
import { formatMoney } from "../_components/money/format-money";
import type { MastheadViewer } from "../_shell/masthead";
import { doubtedFrom } from "./under-review";
import type { Viewer } from "./viewer";

const accountsMax = 9;

/** What the masthead shows of a person: their first accounts too, if they hold any. */
export async function mastheadOf(viewer: Viewer): Promise<MastheadViewer> {
  const { actor, name, customerNumber } = viewer;
  return { name, number: customerNumber ?? actor.userId, role: actor.role, accounts: await accountsOf(viewer) };
}

async function accountsOf({ actor, format, nicknames }: Viewer): Promise<MastheadViewer["accounts"]> {
  if (actor.role !== "customer" || actor.partyId === null) return [];
  const accounts = await accountsOfParty(runtime().pool, actor.partyId, accountsMax);
  return Promise.all(
    accounts.map(async ({ accountId, accountNumber, product, currency, exponent, balance }) => ({
      id: accountId,
      name: accountTitle({ nickname: nicknames.get(accountId) ?? null, product, currency }),
      number: formatAccountNumber(accountNumber),
      // Of an account under review the bank vouches for no balance.
      balance: (await doubtedFrom(accountId)) === null ? formatMoney({ minorUnits: balance, currency, exponent }, format) : "",
    })),
  );
}
