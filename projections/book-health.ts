import type { Db } from "@/infra/postgres/connect";
import { type Finding, openFindings } from "@/infra/review/findings";
import { isUnreadableRow, type ReadRow, readableOnly } from "@/infra/rows/unreadable-row";
import { type SealStanding, sealStanding } from "@/infra/seals/seal-standing";
import { lastVerification, type Verification } from "./verify/last-verification";

/** What is known of the book itself: how far it is sealed, what keeps it, and what was found wrong. */
export type BookHealth = {
  /** Somebody has to look: a finding that nobody has dealt with, or an account that is still closed by one. */
  needsAttention: boolean;
  findings: readonly ReadRow<Finding>[];
  accountsUnderReview: number;
  seals: SealStanding;
  /** The last full pass over the book, by the verifier or by `verify`, and what it found. */
  verification: Verification | null;
  /** The pass under way. */
  verifier: { position: bigint; faults: number; passes: number };
};

export async function bookHealthOf(db: Db): Promise<BookHealth> {
  const [findings, seals, verification, verifier] = await Promise.all([
    openFindings(db),
    sealStanding(db),
    lastVerification(db),
    db.query<BookHealth["verifier"]>("select position, faults, pass as passes from verifier"),
  ]);
  const accounts = new Set(readableOnly(findings).flatMap(({ streamId }) => streamId ?? []));
  return {
    needsAttention: findings.some((one) => isUnreadableRow(one) || one.acceptedAt === null || one.streamId !== null),
    findings,
    accountsUnderReview: accounts.size,
    seals,
    verification: verification ?? null,
    verifier: verifier.rows[0] ?? { position: 0n, faults: 0, passes: 0 },
  };
}

/** What an operator is told to do about sealing that stands still; undefined while it goes on. */
export function sealingStopped({ seals: { stopped } }: Pick<BookHealth, "seals">): string | undefined {
  return (
    stopped?.place &&
    `Sealing has stopped since ${stopped.since?.toISOString() ?? "an unknown time"}, before ${stopped.place}. No account's later events are sealed. Look into finding ${stopped.id}: npm run daybook -- review`
  );
}
