import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import type { LogEvent } from "@/infra/event-log/stored-event";
import { inOneWrite } from "@/infra/postgres/in-one-write";
import type { LogReader, ReaderKeys } from "../log-reader";
import { blamesEvents } from "./blames-events";
import { faultWords } from "./fault-words";
import type { Held } from "./parked-rows";

/**
 * Applies everything that can be applied, and finds the first event of each account that cannot. One attempt where all is well; else by
 * halving, first the accounts, then the events of one: about log2(5,000) = 12 attempts more for each account at fault. What was applied
 * stays applied, so of two accounts that do not go together the later one is at fault.
 * @throws BrokenFold beyond `heldMax` accounts, and whatever is not the events' fault.
 */
export async function applyApart(
  client: pg.PoolClient,
  { reader, keys, heldMax }: { reader: LogReader; keys: ReaderKeys; heldMax: number },
  events: readonly LogEvent[],
): Promise<Map<AccountId, Held>> {
  const held = new Map<AccountId, Held>();
  const parts = [events];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const due = part.filter(({ streamId }) => !held.has(streamId));
    const [first] = due;
    if (!first) continue;
    const error = await failureOf(client, () => reader.apply(client, due, keys));
    if (error === undefined) {
      if (parts.length > 0) await client.query("release savepoint attempt"); // the last one goes with the transaction
      continue;
    }
    if (due.length > 1) {
      parts.push(...halves(due));
      continue;
    }
    const { streamId: accountId, version, position } = first;
    held.set(accountId, { accountId, version, position, error: faultWords(error) });
    if (held.size > heldMax) throw new BrokenFold(reader.name, [...held.values()]);
  }
  return held;
}

/** So many accounts cannot all be at fault: the reader stops at its checkpoint, as for trouble of the machine, and holds nobody. */
export class BrokenFold extends Error {
  constructor(reader: string, held: readonly Held[]) {
    const [first] = held;
    super(
      `${reader} cannot apply events of more accounts than may be held (first ${first?.accountId}@${first?.version}: ${first?.error}). Its fold is broken, not the accounts. Nothing was skipped.`,
    );
    this.name = "BrokenFold";
  }
}

/**
 * Undefined: it was done. What it wrote before it failed is taken back. @throws what is not the events' fault. The savepoint goes out with the
 * work's first query, which fails where it did.
 */
async function failureOf(client: pg.PoolClient, work: () => Promise<void>): Promise<unknown> {
  const [saved, worked] = inOneWrite(client, () => [client.query("savepoint attempt"), work()]);
  saved.catch(() => {}); // told below: nothing may go on in the background while the caller takes it all back
  try {
    await worked;
    await saved;
    return undefined;
  } catch (error) {
    if (!blamesEvents(error)) throw error;
    await client.query("rollback to savepoint attempt; release savepoint attempt");
    return error ?? new Error("nothing was thrown, as an error");
  }
}

/** The later half first, as a stack wants it. Events of one account stay in order. */
function halves(events: readonly LogEvent[]): [LogEvent[], LogEvent[]] {
  const accounts = [...new Set(events.map(({ streamId }) => streamId))];
  const earlier = new Set(accounts.slice(0, accounts.length / 2));
  const middle = events.length / 2;
  const isEarlier = ({ streamId }: LogEvent, i: number) => (accounts.length > 1 ? earlier.has(streamId) : i + 1 <= middle);
  return [events.filter((event, i) => !isEarlier(event, i)), events.filter(isEarlier)];
}
