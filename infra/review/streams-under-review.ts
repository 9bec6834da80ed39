import type { AccountId } from "@/domain/ids";
import type { Db } from "../postgres/connect";

const ageMsMax = 1_000;

export type StreamsUnderReview = ReturnType<typeof createStreamsUnderReview>;

/**
 * The accounts that take no commands, as the database had them at most a second ago: a batch that comes later asks again, on
 * its own connection. So an account may take commands for that second, and for the one batch that is on its way.
 */
export function createStreamsUnderReview() {
  let streams: ReadonlyMap<AccountId, number> = new Map();
  let readAtMs = Number.NEGATIVE_INFINITY;

  return {
    /** The first version that nobody vouches for; undefined: the account is not under review. */
    doubtedFrom(id: AccountId): number | undefined {
      return streams.get(id);
    },
    /** No decision may be made before `renew`. */
    isStale: (): boolean => performance.now() - readAtMs > ageMsMax,
    async renew(db: Db): Promise<void> {
      const now = performance.now();
      streams = await streamsUnderReview(db);
      readAtMs = now;
    },
  };
}

/** Every account under review, with the first version that nobody vouches for. */
export async function streamsUnderReview(db: Db): Promise<ReadonlyMap<AccountId, number>> {
  const { rows } = await db.query<{ id: AccountId; version: number }>({
    name: "streams_under_review",
    text: "select f.stream_id as id, min(f.version) as version from findings f where f.closed_at is null and f.stream_id is not null group by f.stream_id",
  });
  return new Map(rows.map(({ id, version }) => [id, version]));
}
