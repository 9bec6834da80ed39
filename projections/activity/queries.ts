import type { Actor } from "@/domain/access/policy";
import { type AccountNumber, parseAccountNumber } from "@/domain/account/account-number";
import { parseRecordedSource, type RecordedSource } from "@/domain/account/deposit-source";
import type { AccountEvent } from "@/domain/account/events";
import { type AccountId, parseAccountId } from "@/domain/ids";
import { type Currency, parseCurrency, parseExponent } from "@/domain/money/currency";
import { eventTypes } from "@/infra/event-log/codec/account-codec";
import type { Db } from "@/infra/postgres/connect";
import { asSpelt, fromOne, instant, oneOf, stored, storedOrNull, wholeNumber } from "@/infra/rows/stored-column";
import { type ReadRow, type RowReader, readRows } from "@/infra/rows/unreadable-row";
import { scopeOfHolders } from "@/infra/time-travel/account-scope-sql";
import { type Doer, doerForStaff } from "@/infra/time-travel/event-view";

export const ACTIVITY_PER_PAGE_MAX = 100;

export type ActivityQuestion = {
  /** Words of a description. */
  words?: string | undefined;
  /** Part of an account number. */
  accountNumber?: string | undefined;
  /** What moved, in or out: the minor units that it is in currencies of each exponent. */
  amounts?: readonly { exponent: number; minorUnits: bigint }[] | undefined;
  currencies?: readonly Currency[] | undefined;
  type?: AccountEvent["type"] | undefined;
  /** Only events before this position. */
  before?: bigint | undefined;
  limit: number;
};

/** One event of the bank. Amounts signed, in minor units. */
export type Activity = {
  position: bigint;
  accountId: AccountId;
  version: number;
  recordedAt: Date;
  type: AccountEvent["type"];
  amount: bigint;
  source: RecordedSource | null;
  currency: Currency;
  exponent: number;
  accountNumber: AccountNumber;
  description: string | null;
  by: Doer;
};

/** `next`: pass it as `before`; null at the end. */
export type ActivityPage = { events: readonly ReadRow<Activity>[]; next: bigint | null };

/** What happened in the accounts that this actor may see, newest first. */
export async function activityFor(db: Db, actor: Actor, question: ActivityQuestion): Promise<ActivityPage> {
  const limit = Math.min(Math.max(1, question.limit), ACTIVITY_PER_PAGE_MAX);
  const scope = scopeOfHolders(actor, "a.holders", 9);
  const { rows } = await db.query<Row>(
    `select a.position, a.account_id as "accountId", a.version, a.recorded_at as "recordedAt", a.type, a.amount::text, a.source, a.currency, a.exponent,
            a.account_number as "accountNumber", a.description, a.actor, a.role
       from activity a
      where ${scope.condition} and ($1::bigint is null or a.position < $1)
        and ($2 = '' or to_tsvector('simple', coalesce(a.description, '')) @@ websearch_to_tsquery('simple', $2))
        and ($3 = '' or a.account_number like '%' || $3 || '%') and ($4::text is null or a.type = $4)
        and ($5::numeric[] is null or (abs(a.amount) = any($5) and abs(a.amount) = ($5::numeric[])[array_position($6::int[], a.exponent::int)]))
        and ($8::text[] is null or a.currency = any($8))
      order by a.position desc limit $7`,
    [
      question.before ?? null,
      question.words?.trim() ?? "",
      (question.accountNumber ?? "").replace(/[\s\\%_]/g, "").toUpperCase(),
      question.type ?? null,
      question.amounts?.map(({ minorUnits }) => minorUnits.toString()) ?? null,
      question.amounts?.map(({ exponent }) => exponent) ?? null,
      limit + 1,
      question.currencies ?? null,
      ...scope.values,
    ],
  );
  const page = rows.slice(0, limit);
  return { events: readRows(activityRows, page), next: rows.length > limit ? (page.at(-1)?.position ?? null) : null };
}

type Row = Pick<Activity, "position" | "version" | "recordedAt" | "exponent" | "description"> &
  Record<"type" | "amount" | "currency" | "accountId" | "accountNumber" | "actor" | "role", string> & { source: string | null };

const activityRows: RowReader<Row, Activity> = {
  table: "activity",
  id: ({ position }) => position.toString(),
  of: ({ accountId: text, version }) => {
    const accountId = parseAccountId(text);
    return accountId ? { accountId, version: fromOne(version) ?? null } : null;
  },
  read: (row) => ({
    position: stored("position", fromOne(row.position)),
    accountId: stored("account_id", parseAccountId(row.accountId)),
    version: stored("version", fromOne(row.version)),
    recordedAt: stored("recorded_at", instant(row.recordedAt)),
    type: stored("type", oneOf(eventTypes, row.type)),
    amount: stored("amount", wholeNumber(row.amount)),
    source: storedOrNull("source", row.source, parseRecordedSource),
    currency: stored("currency", parseCurrency(row.currency)),
    exponent: stored("exponent", parseExponent(row.exponent)),
    accountNumber: stored("account_number", asSpelt(parseAccountNumber, row.accountNumber)),
    description: row.description,
    by: doerForStaff(row.actor, row.role),
  }),
};
