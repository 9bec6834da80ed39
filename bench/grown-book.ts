import type { Actor } from "@/domain/access/policy";
import { type AccountId, parseAccountId, parsePartyId } from "@/domain/ids";
import { createPool } from "@/infra/postgres/connect";
import { migrate } from "@/infra/postgres/migrate";
import { oneLogin } from "@/infra/postgres/roles/database-roles";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { customer, deposit, give } from "@/infra/testing/test-bank";
import { testSecrets } from "@/infra/testing/test-secrets";
import { accountAsOf } from "@/infra/time-travel/account-as-of";
import { balanceAsOf } from "@/infra/time-travel/balance-as-of";
import { accountBalances } from "@/projections/account-balances/projection";
import { accountForViewer } from "@/projections/account-balances/queries";
import { accountEntries } from "@/projections/account-entries/projection";
import { entriesPage } from "@/projections/account-entries/queries";
import { advance } from "@/projections/advance";
import { accountOf, type BigBook, ensureBigBook, partyOf } from "./as-of-book";
import { closedLoop } from "./closed-loop";
import type { Sample } from "./interleaved";
import { timed } from "./timed";
import { warm } from "./warm";

const holdersCount = 90;
const eventsPerStep = 500;
const entriesPerPage = 40; // as the account's page asks

type Holder = { accountId: AccountId; actor: Actor };
type Loop = (clients: number, seconds: number) => Promise<Sample>;
export type GrownBook = {
  size: number;
  append: Loop;
  balanceAsOf: Loop;
  stateAsOf: Loop;
  accountPage: Loop;
  projectionStep(): Promise<Sample>;
  close(): Promise<void>;
};

/** A bank on a generated book of `size` events, and what is asked of it: each time of another of the same number of accounts. */
export async function openGrownBook(url: string, size: number): Promise<GrownBook> {
  await migrate(url, { book: { keys: testSecrets } });
  const owner = createPool(url, { name: "daybook bench" });
  const book = await ensureBigBook(owner, size);
  await warm(owner);
  const runtime = createRuntime({ urls: oneLogin(url), keys: testSecrets, queueLimits: { perActorMax: 1_000 } });
  const { pool, keys } = runtime;
  const holders = holdersOf(book);
  let n = 0;
  const next = (): Holder => holders[n++ % holders.length] as Holder;
  const moment = () => new Date(book.firstAt.getTime() + Math.random() * (book.lastAt.getTime() - book.firstAt.getTime()));
  const append = async () => {
    const { accountId, actor } = next();
    const { kind } = await give(deposit(accountId, 100n), { runtime, actor });
    if (kind !== "done") throw new Error(`a deposit ended ${kind}`);
  };
  await follow(runtime);
  const loop =
    (ask: () => Promise<unknown>): Loop =>
    (clients, seconds) =>
      closedLoop(clients, seconds, ask);
  return {
    size,
    append: loop(append),
    balanceAsOf: loop(() => balanceAsOf(pool, next().accountId, moment())),
    stateAsOf: loop(async () => {
      const { accountId, actor } = next();
      const answer = await accountAsOf({ pool, keys }, actor, { accountId, at: { kind: "time", t: moment() } });
      if (answer?.kind !== "answer") throw new Error("no answer");
    }),
    accountPage: loop(async () => {
      const { accountId, actor } = next();
      const found = await Promise.all([
        accountForViewer(pool, actor, accountId),
        entriesPage(pool, actor, accountId, { limit: entriesPerPage }),
      ]);
      if (!found[0] || !found[1]) throw new Error("no such account");
    }),
    async projectionStep() {
      await follow(runtime);
      await Promise.all(Array.from({ length: eventsPerStep }, append));
      return timed(eventsPerStep, () => follow(runtime));
    },
    async close() {
      await runtime.close();
      await owner.end();
    },
  };
}

/** Brings the two read models that a posting waits for to the end of the log. */
export async function follow({ pool, keys }: Runtime): Promise<void> {
  for (const reader of [accountBalances, accountEntries])
    while ((await advance({ pools: { projector: pool }, keys }, reader)).kind === "applied");
}

/** Spread over the whole book, the two busy accounts left out. */
function holdersOf({ accounts }: BigBook): Holder[] {
  const step = Math.max(1, Math.floor((accounts - 2) / holdersCount));
  const numbers = Array.from({ length: Math.min(holdersCount, accounts - 2) }, (_, i) => 2 + i * step);
  return numbers.map((number) => {
    const [accountId, partyId] = [parseAccountId(accountOf(number)), parsePartyId(partyOf(number))];
    if (!accountId || !partyId) throw new Error("malformed");
    return { accountId, actor: customer(partyId) };
  });
}
