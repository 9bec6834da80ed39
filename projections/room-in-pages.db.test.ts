import { expect, test } from "vitest";
import { testRuntime } from "@/infra/testing/test-runtime";
import { until } from "@/infra/testing/until";
import { accountBalances } from "./account-balances/projection";
import { advance } from "./advance";
import { dailyBalances } from "./daily-balances/projection";
import { makeHistory } from "./test-history";

const { database, runtime } = await testRuntime();

for (const reader of [accountBalances, dailyBalances])
  test(`${reader.name}: a row that is written again stays in its page, so that no index is written`, async () => {
    await makeHistory(runtime, { accounts: 150, commands: 600, seed: 21 });
    while ((await advance(runtime, reader, 150)).kind === "applied");
    const written = async () => {
      const { rows } = await database.owner.query<{ updates: number; inPage: number }>(
        `select n_tup_upd::int as updates, n_tup_hot_upd::int as "inPage" from pg_stat_user_tables where relname = $1`,
        [reader.name],
      );
      return rows[0] ?? { updates: 0, inPage: 0 };
    };
    await until("the server has counted what was written", async () => (await written()).updates > 200);
    const { updates, inPage } = await written();
    expect(inPage / updates).toBeGreaterThan(0.5); // nearly all; fewer while anybody's snapshot, as that of an automatic analyze, keeps dead rows. Of full pages: 0.1
  });
