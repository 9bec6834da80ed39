import type { AccountId } from "@/domain/ids";
import { readBook } from "../book/book";
import { appendEvents } from "../event-log/append";
import { hashEvent, noHash } from "../event-log/hash";
import { newCommandId } from "../ids";
import type { Db } from "../postgres/connect";

/** What a forger changes of a deposit that is otherwise sound. */
export type Forgery = {
  type?: string;
  schemaVersion?: number;
  data?: object;
  metadata?: Readonly<Record<string, unknown>>;
  versionsAhead?: number;
  effectiveAt?: string;
  hash?: string;
  /** Of the command's row; null: there is none. */
  command?: Readonly<Record<string, unknown>> | null;
};

type Last = { version: number; hash: Buffer; metadata: Record<string, unknown> };

const sound = { amount: { minorUnits: "100000000", currency: "EUR" }, source: "cash" };

/**
 * Appends a deposit by one call of `append_events`, as anybody may who has the application's role: what the executor would
 * have written, but for the forgery.
 */
export async function appendForged(
  app: Db,
  streamId: AccountId,
  forgery: Forgery = {},
): Promise<{ position: bigint; version: number }> {
  const { id: bookId } = await readBook(app);
  const last = await lastOf(app, streamId);
  const decidedAt = new Date();
  const { type = "MoneyDeposited", schemaVersion = 2, data = sound, versionsAhead = 0, effectiveAt } = forgery;
  const commandId = newCommandId();
  const metadata = {
    ...last.metadata,
    commandId,
    correlationId: commandId,
    decidedAt: decidedAt.toISOString(),
    ...forgery.metadata,
  };
  const version = last.version + 1 + versionsAhead;
  const event = { bookId, streamId, version, type, schemaVersion, data, metadata };
  const hash =
    forgery.hash ?? hashEvent(last.hash, { ...event, effectiveAt: effectiveAt ? new Date(effectiveAt) : null }).toString("hex");
  const command = {
    actor: last.metadata.actor,
    id: commandId,
    t: "DepositMoney",
    a: [streamId],
    i: { accountId: streamId, ...data },
    o: { ok: "yes", events: [`${streamId}@${version}`] },
    p: 1,
    da: decidedAt,
    ...forgery.command,
  };
  const reply = await appendEvents(app, {
    events: [
      JSON.stringify({
        s: streamId,
        v: version,
        t: type,
        sv: schemaVersion,
        d: data,
        m: metadata,
        e: effectiveAt ?? null,
        h: hash,
      }),
    ],
    reads: [],
    commands: forgery.command === null ? [] : [JSON.stringify(command)],
    keys: [],
    stamps: [],
    seen: null,
  });
  if (reply.kind !== "written") throw new Error("the forgery lost a race");
  return { position: reply.base + 1n, version };
}

async function lastOf(app: Db, streamId: AccountId): Promise<Last> {
  const { rows } = await app.query<Last>(
    "select e.version, e.hash, e.metadata from events e where e.stream_id = $1 order by e.version desc limit 1",
    [streamId],
  );
  if (rows[0]) return rows[0];
  const any = await app.query<Last>("select 0 as version, e.hash, e.metadata from events e order by e.position limit 1");
  const [like] = any.rows;
  if (!like) throw new Error("a forger needs an event to copy from");
  return { ...like, hash: noHash };
}
