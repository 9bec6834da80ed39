import { snapshotter } from "@/infra/snapshots/snapshotter";
import { accountBalances } from "./account-balances/projection";
import { accountEntries } from "./account-entries/projection";
import type { LogReader } from "./log-reader";

/** The read models, which screens stand on and health answers for. */
export const projections: readonly LogReader[] = [accountBalances, accountEntries];

/** Everything that follows the log. */
export const logReaders: readonly LogReader[] = [...projections, snapshotter];

export const projectionNames: readonly string[] = projections.map(({ name }) => name);
