import { expect, test } from "vitest";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { advance } from "./advance";
import { healthOf } from "./health";
import { rebuild } from "./rebuild";
import { projections } from "./registry";
import { runOnce } from "./run-once";

const { database, runtime } = await testRuntime();

/** Takes the log's last events away behind the triggers, as a restore of the log alone would. */
async function loseLastEvents(count: number): Promise<void> {
  await database.owner.query(
    `set session_replication_role = replica; delete from events where position > (select max(position) - ${count} from events); reset session_replication_role`,
  );
}

test("a reader that is ahead of the log, or on another history, says so, stays where it is, and is put right by a rebuild", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  for (let i = 0; i < 5; i++) await give(deposit(accountId, 1n), { runtime, actor });
  await runOnce(runtime);
  await loseLastEvents(3);

  for (const reader of projections)
    await expect(advance(runtime, reader)).rejects.toThrow(
      `history was lost: ${reader.name} stands at position 6, and the log ends at 3. Run verify, then rebuild it.`,
    );
  const ahead = await healthOf(runtime);
  expect(ahead.projections.map(({ stalled, lagEvents }) => ({ stalled, lagEvents }))).toEqual(
    projections.map(() => ({ stalled: true, lagEvents: 0n })),
  );

  const later = customer();
  const another = await openAccount(runtime, later);
  for (let i = 0; i < 4; i++) await give(deposit(another, 10n), { runtime, actor: later });
  for (const reader of projections)
    await expect(advance(runtime, reader)).rejects.toThrow(
      `history was lost: ${reader.name} has seen another event at position 6 than the log holds. Run verify, then rebuild it.`,
    );

  for (const reader of projections) await rebuild(runtime, reader, () => {});
  const { rows } = await database.pool.query("select balance::int, version from account_balances order by balance");
  expect(rows).toEqual([
    { balance: 2, version: 3 },
    { balance: 40, version: 5 },
  ]);
});
