import type pg from "pg";
import { type ReadEvent, readWholePage, type WholePage } from "@/infra/event-log/read";
import type { Db } from "@/infra/postgres/connect";

const pagesMax = 6; // readers that catch up together are rarely further apart
const lifeMsMax = 5_000;

/**
 * Whole pages of the log, read and lifted once for all readers of a process, and the next one while the present one is folded. What is
 * committed never changes, and what comes later has later positions, so a whole page is right whoever reads it and when. Only where a history
 * was replaced it is wrong, and then its last event has another hash, which is looked at in the transaction that applies it. Pages begin at
 * multiples of their size, and a reader's own steps end there (advance.ts), so that readers meet in them wherever they began.
 */
export type LogPages = {
  /**
   * What follows a position up to the end of its page; in the transaction of `client`, whose reader holds its checkpoint. Undefined: the reader
   * has to read by itself. The log does not fill the page, or the page cannot be had whole, or it is not at hand and would be read for a part of it:
   * a reader that keeps up would read thousands of events for the one before a page ends.
   */
  after(client: pg.PoolClient, position: bigint, log: { head: bigint; size: number }): Promise<readonly ReadEvent[] | undefined>;
};

const ofPools = new WeakMap<pg.Pool, LogPages>();

export function logPagesOf(pool: pg.Pool): LogPages {
  const pages = ofPools.get(pool) ?? createLogPages(pool);
  ofPools.set(pool, pages);
  return pages;
}

/** `logPagesOf` gives every pool its own. */
export function createLogPages(pool: pg.Pool): LogPages {
  const kept = new Map<string, Promise<WholePage | undefined>>();

  function keep(page: PageName, reading: Promise<WholePage | undefined>): Promise<WholePage | undefined> {
    const name = nameOf(page);
    const settled = reading.catch(() => undefined); // who waits for it reads by himself, meets the same trouble, and tells it
    kept.set(name, settled);
    for (const oldest of kept.keys()) if (kept.size > pagesMax) kept.delete(oldest);
    setTimeout(() => kept.get(name) === settled && kept.delete(name), lifeMsMax).unref();
    return reading;
  }

  function readAhead(page: PageName, head: bigint): void {
    // With no connection free it would wait for readers that may wait for it.
    const free = pool.waitingCount === 0 && (pool.idleCount > 0 || pool.totalCount < pool.options.max);
    if (page.begin + BigInt(page.size) <= head && free && !kept.has(nameOf(page)))
      keep(page, readWholePage(pool, page)).catch(() => {});
  }

  return {
    async after(client, position, { head, size }) {
      const page = { begin: position - (position % BigInt(size)), size };
      const next = { begin: page.begin + BigInt(size), size };
      if (next.begin > head) return undefined;
      const known = await kept.get(nameOf(page));
      if (!known && position > page.begin) return undefined;
      const whole = known ? await whereItStands(client, known) : await keep(page, readWholePage(client, page));
      if (!whole) return undefined;
      readAhead(next, head);
      return whole.events.slice(Number(position - page.begin));
    },
  };
}

type PageName = { begin: bigint; size: number };

const nameOf = ({ begin, size }: PageName) => `${begin} ${size}`;

async function whereItStands(db: Db, page: WholePage): Promise<WholePage | undefined> {
  const { rowCount } = await db.query({
    name: "page_stands",
    text: "select from events e where e.position = $1 and e.hash = $2",
    values: [page.end, page.hash],
  });
  return rowCount === 1 ? page : undefined;
}
