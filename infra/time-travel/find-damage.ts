import { type Account, accountFoldRevision, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { firstAltered } from "../checks/folded-events";
import type { Db } from "../postgres/connect";
import { streamsUnderReview } from "../review/streams-under-review";
import type { EntriesBalance } from "./entries-balance";
import { foldOn } from "./state-at";

/**
 * Why an answer is not to be called the truth. `event`: that event is not what was recorded, or the account is under review from
 * it on. `snapshot`, `read_model`: the events are sound, and that side differs from them. `unknown`: they differ, and there are
 * too many events to say on the spot which side it is.
 */
export type Damage =
  | { kind: "event"; version: number; what: string }
  | { kind: "snapshot"; version: number; balance: bigint }
  | { kind: "read_model" }
  | { kind: "unknown" };

type Answer = {
  account: Account;
  version: number;
  snapshotVersion: number | null;
  entriesBalance: EntriesBalance;
};

const eventsRefoldedMax = 20_000;

/** Looks at what the answer was folded from; where two sides differ, at the whole history, to name the damaged one. */
export async function findDamage(db: Db, accountId: AccountId, answer: Answer): Promise<Damage | null> {
  const { version, snapshotVersion, entriesBalance, account } = answer;
  const altered = await firstAltered(db, accountId, { after: snapshotVersion ?? 0, upTo: version });
  if (altered) return { kind: "event", version: altered.event?.version ?? version, what: altered.what };
  const doubted = (await streamsUnderReview(db)).get(accountId);
  if (doubted !== undefined && doubted <= version) return { kind: "event", version: doubted, what: "is under review" };
  if (entriesBalance.kind !== "different") return null;
  if (snapshotVersion === null) return { kind: "read_model" };
  if (version > eventsRefoldedMax) return { kind: "unknown" };
  const earlier = await firstAltered(db, accountId, { after: 0, upTo: snapshotVersion });
  if (earlier) return { kind: "event", version: earlier.event?.version ?? snapshotVersion, what: earlier.what };
  const folded = balanceOf(await foldOn(db, accountId, { account: unopened, version: 0 }, version));
  return folded === balanceOf(account) ? { kind: "read_model" } : { kind: "snapshot", version: snapshotVersion, balance: folded };
}

/** The first altered event that the account's present state is folded from, behind its newest snapshot; null: none is. */
export async function alteredFrom(db: Db, accountId: AccountId, version: number): Promise<number | null> {
  const { rows } = await db.query<{ version: number }>({
    name: "newest_snapshot_version",
    text: "select s.version from snapshots s where s.stream_id = $1 and s.revision = $2 and s.version <= $3 order by s.version desc limit 1",
    values: [accountId, accountFoldRevision, version],
  });
  const altered = await firstAltered(db, accountId, { after: rows[0]?.version ?? 0, upTo: version });
  return altered ? (altered.event?.version ?? version) : null;
}

const balanceOf = (account: Account): bigint => (account.status === "unopened" ? 0n : account.balance);
