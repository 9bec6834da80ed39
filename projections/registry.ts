import { snapshotter } from "@/infra/snapshots/snapshotter";
import { accountBalances } from "./account-balances/projection";
import { accountEntries } from "./account-entries/projection";
import { activity } from "./activity/projection";
import { dailyBalances } from "./daily-balances/projection";
import type { LogReader } from "./log-reader";

/** The read models, which screens stand on and health answers for. */
export const projections: readonly LogReader[] = [accountBalances, accountEntries, dailyBalances, activity];

/** Everything that follows the log. */
export const logReaders: readonly LogReader[] = [...projections, snapshotter];

/** What says whether a command has been posted: a page waits for these, and for no other view. */
export const postedViews: readonly string[] = projections.filter(({ awaited }) => awaited).map(({ name }) => name);

export const projectionNames: readonly string[] = projections.map(({ name }) => name);
