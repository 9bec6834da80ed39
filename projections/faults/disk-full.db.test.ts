import { chownSync, cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { startSealer } from "@/infra/seals/sealer";
import { type OwnBook, ownBook } from "@/infra/testing/own-book";
import { type SmallDisk, smallDisk } from "@/infra/testing/small-disk";
import { type Deposits, steadyDeposits } from "@/infra/testing/steady-deposits";
import { customer, openAccount } from "@/infra/testing/test-bank";
import { until } from "@/infra/testing/until";
import { startRunner } from "../runner";
import { mustBeWhole } from "./whole-book";

const endings: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

async function bankAtWork(book: OwnBook) {
  const runtime = book.runtime();
  startRunner(runtime);
  startSealer(runtime, book.sealFile, { paceMs: 50, lookMs: 50 });
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const deposits = steadyDeposits(runtime, { actor, accountId });
  await until("deposits are made", () => deposits.done.size > 20);
  return { runtime, accountId, deposits };
}

async function mustGoOn(deposits: Deposits): Promise<void> {
  const before = deposits.done.size;
  await until("deposits are made again", () => deposits.done.size > before + 20);
  await deposits.finish();
  expect([...deposits.others.keys()].filter((kind) => kind !== "busy" && kind !== "checking")).toEqual([]);
}

type Storage = { real: boolean; fill(): unknown; free(): unknown };

/** Makes events and commands run out of room until `free`: on a disk that is full, else (no right to mount one) by the same error. */
async function storageThatFills(book: OwnBook): Promise<Storage> {
  const disk = smallDisk(24, book.postgres.fileOwner);
  if (!disk) {
    await book.asOwner(`create function no_room() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
    return {
      real: false,
      fill: () => book.asOwner("create trigger full before insert on events execute function no_room()"),
      free: () => book.asOwner("drop trigger full on events"),
    };
  }
  endings.push(disk.remove, () => book.postgres.stop()); // the other way round
  const folder = path.join(disk.folder, "tables");
  mkdirSync(folder, { mode: 0o700 });
  if (book.postgres.fileOwner) chownSync(folder, book.postgres.fileOwner.uid, book.postgres.fileOwner.gid);
  await book.asOwner(`create tablespace small location '${folder}'`);
  for (const table of ["events", "commands", "account_entries"]) await book.asOwner(`alter table ${table} set tablespace small`);
  return { real: true, ...disk };
}

test("the disk of events and commands is full for a while: nothing fails, is lost or done twice, and all goes on by itself", async () => {
  const book = await ownBook();
  endings.push(() => book.close());
  const storage = await storageThatFills(book);
  const { runtime, accountId, deposits } = await bankAtWork(book);
  await storage.fill();
  await until("the trouble is felt", () => (deposits.others.get("busy") ?? 0) > 0);
  await storage.free();
  await mustGoOn(deposits);
  await mustBeWhole(runtime, { accountId, deposits, sealFile: book.sealFile });
  console.log(storage.real ? "on a disk that was full" : "by the error of a full disk: this process may not mount one");
}, 180_000);

const mounts = smallDisk(1);
mounts?.remove();

test.runIf(mounts)(
  "the disk of Postgres' own log is full, which ends Postgres: once it is started again with room, the bank goes on without a restart",
  async () => {
    const book = await ownBook({ settings: ["min_wal_size=32MB", "max_wal_size=32MB"] });
    endings.push(() => book.close());
    await book.postgres.stop();
    const disk = walOnSmallDisk(book);
    await book.postgres.start();

    const { runtime, accountId, deposits } = await bankAtWork(book);
    disk.fill();
    await until("Postgres ends for want of room", async () => {
      if (book.postgres.runs()) await book.asOwner("select pg_switch_wal()").catch(() => {});
      return !book.postgres.runs();
    });
    await until("the trouble is felt", () => (deposits.others.get("busy") ?? 0) > 0);
    disk.free();
    await book.postgres.start();
    await mustGoOn(deposits);
    await mustBeWhole(runtime, { accountId, deposits, sealFile: book.sealFile });
  },
  180_000,
);

function walOnSmallDisk({ postgres: { home, fileOwner, stop } }: OwnBook): SmallDisk {
  const disk = smallDisk(80, fileOwner);
  if (!disk) throw new Error("a disk was mounted before, and is not now");
  endings.push(disk.remove, stop);
  const [from, to] = [path.join(home, "data/pg_wal"), path.join(disk.folder, "pg_wal")];
  cpSync(from, to, { recursive: true });
  rmSync(from, { recursive: true });
  symlinkSync(to, from);
  if (fileOwner)
    for (const file of [to, ...readdirSync(to, { recursive: true, encoding: "utf8" }).map((name) => path.join(to, name))])
      chownSync(file, fileOwner.uid, fileOwner.gid);
  return disk;
}
