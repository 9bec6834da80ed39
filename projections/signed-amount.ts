import type { AccountEvent } from "@/domain/account/events";
import { unreachable } from "@/domain/unreachable";

/** What an event adds to its account, in minor units. The read models' own arithmetic: `verify` and the as-of page hold it against `evolve`. */
export function signedAmount(event: AccountEvent): bigint {
  switch (event.type) {
    case "MoneyDeposited":
      return event.data.amount.minorUnits;
    case "MoneyWithdrawn":
      return -event.data.amount.minorUnits;
    case "AccountOpened":
    case "AccountClosed":
      return 0n;
    default:
      return unreachable(event);
  }
}
