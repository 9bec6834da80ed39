import type { Actor } from "@/domain/access/policy";
import type { AccountId, PartyId } from "@/domain/ids";
import { readBook } from "../book/book";
import { allocateAccount } from "../commands/allocate-account";
import { bankDate } from "../commands/bank-date";
import { build } from "../config/build";
import { appendEvents } from "../event-log/append";
import { eventMetadata } from "../event-log/codec/metadata";
import { hashEvent, noHash } from "../event-log/hash";
import { newCommandId } from "../ids";
import { createAccountKey } from "../personal-text/keys";
import type { Db } from "../postgres/connect";

type Opening = { masterKey: Buffer; actor: Actor & { partyId: PartyId }; currency: string; exponent: number };

/**
 * Opens an account as an earlier build did, whose currency table had the code. `decide` of this build
 * opens none: the rows are the executor's own, sound in every way, appended as the database's owner.
 */
export async function openInDroppedCurrency(owner: Db, { masterKey, actor, currency, exponent }: Opening): Promise<AccountId> {
  const { accountId: streamId, accountNumber } = await allocateAccount(owner);
  const { id: bookId, zone } = await readBook(owner);
  const [commandId, decidedAt] = [newCommandId(), new Date()];
  const input = { accountNumber, currency, holders: [actor.partyId], product: "current" };
  const data = { ...input, exponent: exponent.toString() };
  const metadata = eventMetadata.parse({
    v: "1",
    actor: actor.userId,
    actingFor: actor.partyId,
    role: actor.role,
    authStrength: actor.authStrength,
    commandId,
    correlationId: commandId,
    channel: "web",
    decidedAt: decidedAt.toISOString(),
    bankDate: bankDate(decidedAt, zone),
    build: build(),
  });
  const event = { bookId, streamId, version: 1, type: "AccountOpened", schemaVersion: 2, data, metadata };
  const hash = hashEvent(noHash, event).toString("hex");
  const key = createAccountKey(masterKey);
  const reply = await appendEvents(owner, {
    events: [JSON.stringify({ s: streamId, v: 1, t: event.type, sv: 2, d: data, m: metadata, e: null, h: hash })],
    reads: [{ s: streamId, v: 0 }],
    commands: [
      JSON.stringify({
        actor: actor.userId,
        id: commandId,
        t: "OpenAccount",
        a: [streamId],
        i: { accountId: streamId, ...input },
        o: { ok: "yes", events: [`${streamId}@1`] },
        p: 1,
        da: decidedAt,
      }),
    ],
    keys: [JSON.stringify({ id: key.keyId, s: streamId, w: key.wrapped.toString("hex") })],
    stamps: [],
    seen: null,
  });
  if (reply.kind !== "written") throw new Error("the opening lost a race");
  return streamId;
}
