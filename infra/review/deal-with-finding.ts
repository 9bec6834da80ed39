import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import { readBook } from "../book/book";
import { checkRange } from "../checks/check-range";
import { checkStream } from "../checks/check-stream";
import { transaction } from "../postgres/transaction";
import { recordSecurityEvent } from "../security-log/record-security-event";
import { acceptedPlaces, type Finding, findingById, openFindingsOf } from "./findings";

/** What operators do about findings. As the owner of the database: the application's role can do none of it. */

export type Acceptance = { kind: "accepted" | "accepted_before" | "closed"; finding: Finding } | { kind: "unknown" };

/** From now on sealing goes on behind the finding, for as long as what was found stays as it is. The account stays closed. */
export async function acceptFinding(owner: pg.Pool, id: bigint, reason: string): Promise<Acceptance> {
  return transaction(owner, async (db) => {
    await db.query("select from findings where id = $1 for update", [id]);
    const finding = await findingById(db, id);
    if (!finding) return { kind: "unknown" };
    if (finding.acceptedAt) return { kind: "accepted_before", finding };
    if (finding.closedAt) return { kind: "closed", finding };
    await db.query(
      `update findings set accepted_at = date_trunc('milliseconds', clock_timestamp()), accepted_reason = $2,
         closed_at = case when stream_id is null then date_trunc('milliseconds', clock_timestamp()) end,
         closed_reason = case when stream_id is null then 'accepted' end where id = $1`,
      [id, reason],
    );
    const detail = { finding: id.toString(), place: finding.place, reason };
    await recordSecurityEvent(db, { kind: "finding_accepted", detail });
    return { kind: "accepted", finding };
  });
}

/** `not_accepted`: sealing would find these again and close the account at once. `unsound`: its history still fails the check. */
export type Release =
  | { kind: "released"; findings: number; sound: boolean }
  | { kind: "not_under_review" }
  | { kind: "not_accepted"; findings: readonly Finding[] }
  | { kind: "unsound"; fault: string };

/**
 * Lets an account take commands again: where its whole history passes the check now, or where every finding was accepted and
 * the operator says that it is meant `although` it does not.
 */
export async function releaseAccount(
  owner: pg.Pool,
  accountId: AccountId,
  { reason, although }: { reason: string; although: boolean },
): Promise<Release> {
  const book = await readBook(owner);
  return transaction(owner, async (db) => {
    const findings = await openFindingsOf(db, accountId);
    if (findings.length === 0) return { kind: "not_under_review" };
    const accepted = await acceptedPlaces(db);
    const waiting: Finding[] = [];
    for (const finding of findings) {
      if (accepted.has(finding.place) || finding.position === null) continue;
      const { faults } = await checkRange(db, book, accepted, { after: finding.position - 1n, upTo: finding.position });
      if (faults.length > 0) waiting.push(finding);
    }
    if (waiting.length > 0) return { kind: "not_accepted", findings: waiting };
    const fault = await checkStream(db, book, accountId);
    if (fault && !although) return { kind: "unsound", fault: fault.message };
    await db.query(
      `update findings set closed_at = date_trunc('milliseconds', clock_timestamp()), closed_reason = $2
        where stream_id = $1 and closed_at is null`,
      [accountId, reason],
    );
    const detail = { accountId, reason, sound: fault ? "no" : "yes" };
    await recordSecurityEvent(db, { kind: "review_released", detail });
    return { kind: "released", findings: findings.length, sound: !fault };
  });
}
