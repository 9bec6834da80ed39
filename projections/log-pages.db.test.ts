import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { type ReadEvent, readLog } from "@/infra/event-log/read";
import { transaction } from "@/infra/postgres/transaction";
import { forgeEvent } from "@/infra/testing/forge-event";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountEntries } from "./account-entries/projection";
import { advance } from "./advance";
import { createLogPages } from "./log-pages";
import { logReaders } from "./registry";
import { verifyBook } from "./verify/verify-book";

const { database, runtime } = await testRuntime();
const actor = customer();
let accountId: AccountId;
beforeAll(async () => {
  accountId = await openAccount(runtime, actor);
  await deposits(34);
});

async function deposits(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await give(deposit(accountId, 3n, "rent"), { runtime, actor });
}

const size = 10;

/** Asks as a reader does that stands at a position. */
async function asked(pages: ReturnType<typeof createLogPages>, position: bigint, head = 35n): Promise<bigint[] | undefined> {
  const events = await transaction(database.pool, (client) => pages.after(client, position, { head, size }));
  return events?.map((event) => event.position);
}

const positions = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => BigInt(from + i));

/** The pool, counting what is read of the log through it. */
function counted(): { pool: pg.Pool; reads: () => number } {
  let reads = 0;
  const seen = (query: unknown) => {
    if ((query as { name?: string }).name === "read_whole_page") reads += 1;
  };
  const watch = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name, of);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => {
          if (name === "query") seen(args[0]);
          const answer: unknown = value.apply(of, args);
          return name === "connect" ? (answer as Promise<pg.PoolClient>).then((client) => watch(client)) : answer;
        };
      },
    });
  return { pool: watch(database.pools.projector), reads: () => reads };
}

test("a page is whole or there is none, and whoever stands inside of one gets its rest", async () => {
  const pages = createLogPages(database.pool);
  expect(await asked(pages, 0n)).toEqual(positions(1, 10));
  expect(await asked(pages, 10n)).toEqual(positions(11, 20));
  expect(await asked(pages, 17n)).toEqual(positions(18, 20));
  expect(await asked(pages, 30n)).toBeUndefined(); // 35 events do not fill it
  expect(await asked(pages, 30n, 40n)).toBeUndefined(); // not even for those who think they do
});

test("a reader inside of a page that is not at hand reads by itself, no further than the page goes, and is told that there is more", async () => {
  expect(await asked(createLogPages(database.pool), 17n)).toBeUndefined();
  const { pool, reads } = counted();
  const step = (eventsMax: number) => advance({ pools: { projector: pool }, keys: runtime.keys }, accountEntries, eventsMax);
  expect(await step(7)).toMatchObject({ events: 7, behind: 28n });
  const before = reads();
  expect(await step(size)).toMatchObject({ events: 3, position: 10n, behind: 25n });
  expect(reads()).toBe(before);
  expect(await step(size)).toMatchObject({ events: 10, position: 20n, behind: 15n });
});

test("readers that catch up at once read each page once for all, and come to what the log says", async () => {
  const { pool, reads } = counted();
  const follow = async (reader: (typeof logReaders)[number]) => {
    for (;;) if ((await advance({ pools: { projector: pool }, keys: runtime.keys }, reader, size)).kind === "level") return;
  };
  await Promise.all(logReaders.map(follow));
  expect(reads()).toBeGreaterThanOrEqual(3);
  expect(reads()).toBeLessThan(3 * logReaders.length);
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: true });
});

test("a page whose reading failed is told to its reader as it is, and read anew by the next", async () => {
  const pages = createLogPages(database.pool);
  const failing = transaction(database.pool, async (client) => {
    await client.query("select 1 / 0").catch(() => {}); // from here on this transaction answers nothing
    return pages.after(client, 0n, { head: 35n, size });
  });
  await expect(failing).rejects.toThrow("current transaction is aborted");
  expect(await asked(pages, 0n)).toEqual(positions(1, 10));
});

test("an event of a newer build stands in no page", async () => {
  await forgeEvent(database.owner, { streamId: accountId, type: "AccountFrozen", schemaVersion: 1, data: {} });
  expect(await asked(createLogPages(database.pool), 30n, 40n)).toBeUndefined();
  await loseFrom(36n);
});

test("a page of a history that was replaced meanwhile is not given, and the reader's own reading finds the new one", async () => {
  const pages = createLogPages(database.pool);
  expect(await asked(pages, 10n)).toEqual(positions(11, 20));
  const before = await readLog(database.pool, { after: 10n, limit: size });
  await loseFrom(18n);
  const other = customer();
  accountId = await openAccount(runtime, other);
  for (let i = 0; i < 10; i++) await give(deposit(accountId, 5n), { runtime, actor: other });
  expect(await asked(pages, 10n)).toBeUndefined();
  const now = await readLog(database.pool, { after: 10n, limit: size });
  expect(now.map(nameOf)).not.toEqual(before.map(nameOf));
  expect(await asked(createLogPages(database.pool), 10n)).toEqual(positions(11, 20));
});

const nameOf = ({ streamId, version }: ReadEvent) => `${streamId}@${version}`;

/** Takes the log's last events away behind the triggers, as a failover to a replica that lacks them would. */
async function loseFrom(position: bigint): Promise<void> {
  await database.owner.query(
    `set session_replication_role = replica; delete from events where position >= ${position}; reset session_replication_role`,
  );
}
