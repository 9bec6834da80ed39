import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseUserId } from "@/domain/ids";
import { readBook } from "../book/book";
import { listRefused } from "../commands/find-command";
import { importEvents } from "../event-log/append";
import { readStream } from "../event-log/read";
import { openMany } from "../personal-text/open-texts";
import { oneLogin } from "../postgres/roles/database-roles";
import { createRuntime } from "../runtime";
import { soundLog } from "../testing/sound-log";
import { type TestDatabase, testDatabase } from "../testing/test-database";
import { testSecrets } from "../testing/test-secrets";
import { type DemoBook, demoAccounts, generateBook } from "./generate";
import { makePeople } from "./make-people";
import { demoPeople } from "./people";
import { demoSeed, seedDemoBook } from "./seed-demo-book";

const DAY_MS = 86_400_000;
let database: TestDatabase;
const seed = (signal?: AbortSignal, report?: (done: number, total: number) => void) =>
  seedDemoBook({ ownerUrl: database.ownerUrl, keys: testSecrets, ...(signal && { signal }), ...(report && { report }) });

beforeAll(async () => {
  database = await testDatabase({ demo: true });
});
afterAll(() => database.drop());

describe("a demo book, stopped, killed and seeded to the end", () => {
  test("a seeding that is stopped leaves the book open for imports", async () => {
    const stop = new AbortController();
    await expect(seed(stop.signal, () => stop.abort())).rejects.toThrow(/abort/i);
    expect((await readBook(database.pool)).seedingFinishedAt).toBeNull();
    expect(await count()).toBeGreaterThan(0);
  });

  test("a seeding that is killed goes on where it was and comes to the same end", async () => {
    const before = await count();
    const child = spawn(process.execPath, ["--import", "tsx", "infra/demo/seed-process.ts"], {
      env: { ...process.env, SEED_PROCESS_URL: database.ownerUrl },
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const chunk of child.stdout) if (Number(String(chunk).trim().split("\n").at(-1)) >= 1_500) child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    expect(child.signalCode).toBe("SIGKILL");
    expect(await count()).toBeGreaterThan(before);

    const shown: number[] = [];
    const result = await seed(undefined, (done, total) => shown.push(done / total));
    if (result.kind !== "seeded") throw new Error(result.kind);
    expect(await count()).toBe(result.done); // one event a command that was carried out: nothing twice, nothing lost
    expect(result.done).toBeGreaterThan(4_000);
    expect(result.refused).toBeGreaterThan(15);
    expect(shown.at(-1)).toBe(1);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
  });

  test("positions have no gap, time never goes back, all is past and marked as imported", async () => {
    const events = [];
    for (let after = 0n; ; after = events.at(-1)?.position ?? after) {
      const page = await soundLog(database.pool, { after, limit: 2_000 });
      if (page.length === 0) break;
      events.push(...page);
    }
    const { createdAt } = await readBook(database.pool);
    for (const [i, event] of events.entries()) {
      expect(event.position).toBe(BigInt(i + 1));
      expect(event.metadata.imported).toBe("yes");
      expect(event.metadata.channel).toBe("import");
      expect(event.metadata.decidedAt).toBe(event.recordedAt.toISOString());
      if (i > 0) expect(event.recordedAt >= (events[i - 1]?.recordedAt ?? event.recordedAt)).toBe(true);
    }
    expect(createdAt.getTime() - (events[0]?.recordedAt.getTime() ?? 0)).toBeGreaterThan(540 * DAY_MS);
    expect((events.at(-1)?.recordedAt ?? createdAt) < createdAt).toBe(true);
  });

  test("descriptions are sealed in the log and open for those who hold the key", async () => {
    const [account] = await accounts();
    if (!account) throw new Error("no demo account");
    const events = await readStream(database.pool, account.id, { limit: 20 });
    const items = events.map(({ streamId, event }) => ({
      streamId,
      field: "description",
      text: "description" in event.data ? event.data.description : undefined,
    }));
    const texts = await openMany(database.pool, testSecrets.master, items);
    expect(texts).toContainEqual({ kind: "clear", text: "Opening deposit from my old bank" });
    const { rows } = await database.pool.query(
      "select from events where data::text ~ 'Groceries' union all select from commands where input::text ~ 'Groceries'",
    );
    expect(rows).toEqual([]);
  });

  test("a refused withdrawal of last month is listed with what was asked, what there was, who and when", async () => {
    const { createdAt } = await readBook(database.pool);
    const from = new Date(createdAt.getTime() - 31 * DAY_MS);
    const refused = await Promise.all(
      (await accounts()).map(({ id }) => listRefused(database.pool, { accountId: id, from, to: createdAt })),
    );
    const [first] = refused.flat();
    expect(first).toMatchObject({ type: "WithdrawMoney", outcome: { ok: false, refusal: { code: "insufficient_funds" } } });
    expect(parseUserId(first?.actor ?? "")).toBeDefined();
  });

  test("everybody has a login, and the next account gets the next number", async () => {
    const { rows } = await database.pool.query<{ email: string; role: string }>("select email, role from users order by email");
    expect(rows).toEqual(demoPeople.map(({ email, role }) => ({ email, role })).sort((a, b) => (a.email < b.email ? -1 : 1)));
    const { rows: next } = await database.pools.writer.query<{ n: bigint }>("select nextval('account_numbers') n");
    expect(next[0]?.n).toBe(BigInt((await accounts()).length + 1));
  });

  test("then the book takes no more imports, and seeding again does nothing", async () => {
    const before = await count();
    expect((await readBook(database.pool)).seedingFinishedAt).not.toBeNull();
    expect(await seed()).toEqual({ kind: "not_needed" });
    expect(await count()).toBe(before);
  });
});

test("a seeding that was begun before deposits had a source goes on, and what was given stands", async () => {
  const begun = await testDatabase({ demo: true });
  const before = createRuntime({ urls: oneLogin(begun.ownerUrl), keys: testSecrets, append: importEvents });
  try {
    const cast = await makePeople(before.pool);
    const parties = Object.fromEntries(Object.entries(cast).map(([key, { partyId }]) => [key, partyId])) as DemoBook["parties"];
    const { createdAt } = await readBook(before.pool);
    for (const { actor, command, ...request } of generateBook({ seed: demoSeed, until: createdAt, parties }).slice(0, 60)) {
      const { source: _, ...older } = { source: undefined, ...command };
      const outcome = await before.executor.submit({ ...request, command: older, actor: cast[actor], channel: "import" });
      expect(["done", "refused"]).toContain(outcome.kind);
    }
    expect(await seedDemoBook({ ownerUrl: begun.ownerUrl, keys: testSecrets })).toMatchObject({ kind: "seeded" });
    const { rows } = await begun.pool.query<{ source: string; before: boolean }>(
      "select distinct data ->> 'source' as source, position <= 40 as before from events where type = 'MoneyDeposited' order by 1",
    );
    expect(rows.filter(({ before }) => before)).toEqual([{ source: "unknown", before: true }]);
    expect(rows.filter(({ before }) => !before).map(({ source }) => source)).toContain("salary");
  } finally {
    await before.close();
    await begun.drop();
  }
});

test("a real book is left alone", async () => {
  const real = await testDatabase();
  try {
    expect(await seedDemoBook({ ownerUrl: real.ownerUrl, keys: testSecrets })).toEqual({ kind: "not_needed" });
    expect((await real.pool.query("select from users")).rowCount).toBe(0);
  } finally {
    await real.drop();
  }
});

async function count(): Promise<number> {
  const { rows } = await database.pool.query<{ n: bigint }>("select count(*) n from events");
  return Number(rows[0]?.n);
}

async function accounts() {
  return demoAccounts({ seed: demoSeed, until: (await readBook(database.pool)).createdAt });
}
