import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import type { LogEvent } from "@/infra/event-log/stored-event";

/**
 * Something that follows the log in order: a read model, or the snapshotter. The runner owns its checkpoint and its transaction.
 * `apply` gets the next events of each account, in order and without a gap, and writes as a set; the same events again must change nothing.
 * It keeps accounts apart: one that is held (see parked/) is left out, and the others must come out as if it were not there.
 * `clear` forgets everything, before a rebuild or when `revision` (of the fold) has grown.
 */
export type LogReader = {
  name: string;
  revision: number;
  apply(client: pg.PoolClient, events: readonly LogEvent[], keys: ReaderKeys): Promise<void>;
  clear(client: pg.PoolClient): Promise<void>;
  /** Takes an account's personal texts out of every table it writes. Whoever writes such texts has it (see erase-texts.ts). */
  eraseTexts?(client: pg.PoolClient, accountId: AccountId): Promise<void>;
  /** Whoever gave a command waits for it. It goes on with every event at once; others rest between steps, so as not to keep it waiting. */
  awaited?: true;
  /** How it is made anew beside itself (see rebuild-beside/). Without it: in place. */
  beside?: Beside;
};

/**
 * `table`: the only one that it reads and writes, never by its schema's name. `rowPer`: whether a row is made by one event (and has its
 * `position`) or goes along with its account. `foldIndexes`: those that the fold needs besides the keys; others are made when the rows stand.
 */
export type Beside = { table: string; key: readonly string[]; rowPer: "event" | "account"; foldIndexes: readonly string[] };

/** `master` opens the accounts' data keys, for read models that hold plain text. */
export type ReaderKeys = { master: Buffer };

/** Who feeds read models: the connections that may write them, and the keys to read events with. A runtime is one. */
export type Projector = { pools: { projector: pg.Pool }; keys: ReaderKeys };
