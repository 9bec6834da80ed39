import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Runtime } from "@/infra/runtime";
import { startSealer } from "@/infra/seals/sealer";
import { type OwnBook, ownBook } from "@/infra/testing/own-book";
import { waitMsMax } from "@/infra/testing/patience";
import { steadyDeposits } from "@/infra/testing/steady-deposits";
import { customer, openAccount } from "@/infra/testing/test-bank";
import { until } from "@/infra/testing/until";
import { startRunner } from "../runner";
import { mustBeWhole } from "./whole-book";

// What Postgres may refuse a healthy bank for a while. Each time: no command fails or is lost or done twice, and all goes on by itself.

let book: OwnBook;
let runtime: Runtime;
beforeAll(async () => {
  book = await ownBook();
  runtime = book.runtime();
  startRunner(runtime);
  startSealer(runtime, book.sealFile, { paceMs: 50, lookMs: 50 });
});
afterAll(() => book.close());

type Trouble = { begin(): Promise<unknown>; bites?: () => Promise<boolean>; end(): Promise<unknown> };

async function goThrough(troubled: Runtime, { begin, bites, end }: Trouble): Promise<ReadonlyMap<string, number>> {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const deposits = steadyDeposits(troubled, { actor, accountId });
  await until("deposits are made", () => deposits.done.size > 20);
  await begin();
  await until("the trouble is felt", bites ?? (async () => (deposits.others.get("busy") ?? 0) > 0));
  const before = deposits.done.size;
  await end();
  await until("deposits are made again", () => deposits.done.size > before + 20);
  await deposits.finish();
  await mustBeWhole(troubled, { accountId, deposits, sealFile: book.sealFile });
  return deposits.others;
}

const reload = () => book.asOwner("select pg_reload_conf()");

/** In the meantime people are told "busy" or "checking", never that their command failed. */
function mustHaveBeenPutOff(others: ReadonlyMap<string, number>): void {
  expect([...others.keys()].filter((kind) => kind !== "busy" && kind !== "checking")).toEqual([]);
}

test("a server that takes no writes for a while", async () => {
  const others = await goThrough(runtime, {
    begin: async () => {
      await book.asOwner("alter system set default_transaction_read_only = on");
      await reload();
    },
    end: async () => {
      await book.asOwner("alter system reset default_transaction_read_only");
      await reload();
    },
  });
  mustHaveBeenPutOff(others);
});

test("a server that takes no connections while it has lost those it had", async () => {
  const others = await goThrough(runtime, {
    begin: async () => {
      await book.asOwner("alter database postgres connection limit 0");
      await book.asOwner("select pg_terminate_backend(pid) from pg_stat_activity where usename like 'daybook\\_faults\\_%'");
    },
    end: () => book.asOwner("alter database postgres connection limit -1"),
  });
  mustHaveBeenPutOff(others);
});

test("a statement timeout of the server, too short for anything: pages, commands and readers state their own, and go on", async () => {
  await book.asOwner("alter role daybook set statement_timeout = 0"); // for the test's own questions
  const events = async () => (await book.asOwner<{ n: number }>("select count(*)::int as n from events"))[0]?.n ?? 0;
  const atFirst = await events();
  const patient = book.runtime({ queueLimits: { waitMsMax } }); // "busy" is what a slow machine says
  const stranger = new pg.Client(book.urls.reader);
  const others = await goThrough(patient, {
    begin: async () => {
      await book.asOwner("alter system set statement_timeout = 5");
      await reload();
      await stranger.connect();
    },
    bites: async () => {
      const error: unknown = await stranger.query("select pg_sleep(0.1)").catch((cause: unknown) => cause);
      await patient.pool.query("select pg_sleep(0.1)");
      return (error as { code?: string }).code === "57014" && (await events()) > atFirst + 80;
    },
    end: async () => {
      await stranger.end();
      await book.asOwner("alter system reset statement_timeout");
      await reload();
    },
  });
  expect(others.size).toBe(0);
});

test("commands that are cancelled by a timeout while another process holds the gate", async () => {
  const hasty = book.runtime({ writerSetUp: ["set statement_timeout = 100"] });
  const holder = new pg.Client(book.urls.writer);
  holder.on("error", () => {}); // the watchdog may end it
  const others = await goThrough(hasty, {
    begin: async () => {
      await holder.connect();
      await holder.query("begin; select hold_gate()");
    },
    end: () => holder.end(),
  });
  mustHaveBeenPutOff(others);
});
