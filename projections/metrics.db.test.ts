import { expect, test } from "vitest";
import { customer, deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountBalances } from "./account-balances/projection";
import { metricsText } from "./metrics";
import { sampleRates } from "./reader-rates";
import { rebuildBeside } from "./rebuild-beside/rebuild-beside";
import { runOnce } from "./run-once";

const { runtime } = await testRuntime();

const figure = (text: string, name: string) => {
  const line = text.split("\n").find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
};

test("what was done is counted, how far everybody has come is told, and no account is named", async () => {
  const actor = customer();
  await sampleRates(runtime);
  const accountId = await openAccount(runtime, actor);
  await give(deposit(accountId, 100n, "Zwetschgendatschi"), { runtime, actor });
  await give(withdraw(accountId, 1_000n), { runtime, actor });
  await runOnce(runtime);
  await sampleRates(runtime);
  const text = await metricsText(runtime);
  expect(figure(text, 'daybook_commands_total{outcome="done"}')).toBe(2);
  expect(figure(text, 'daybook_commands_total{outcome="refused"}')).toBe(1);
  expect(figure(text, "daybook_command_duration_seconds_count")).toBe(3);
  expect(figure(text, "daybook_append_commands_sum")).toBe(3);
  expect(figure(text, "daybook_command_wait_seconds_count")).toBe(3);
  expect(figure(text, "daybook_log_head_position")).toBe(2);
  expect(figure(text, "daybook_unsealed_events")).toBe(2);
  expect(figure(text, 'daybook_projection_position{projection="account_entries"}')).toBe(2);
  expect(figure(text, 'daybook_projection_lag_events{projection="account_balances"}')).toBe(0);
  expect(figure(text, 'daybook_projection_lag_seconds{projection="snapshots"}')).toBe(0);
  for (const name of ["account_entries", "snapshots"])
    expect(figure(text, `daybook_projection_events_per_second{projection="${name}"}`)).toBeGreaterThan(0);
  expect(figure(text, 'daybook_held_accounts{reader="snapshots"}')).toBe(0);
  expect(figure(text, "daybook_notification_queue_ratio")).toBeLessThan(0.01); // other databases of the server notify too
  expect(text).not.toMatch(/acc_|usr_|pty_|Zwetschgen/);
});

test("two looks at once, and one after the other, count nothing twice", async () => {
  const [first, second] = await Promise.all([metricsText(runtime), metricsText(runtime)]);
  const name = 'daybook_commands_total{outcome="done"}';
  expect(figure(first, name)).toBe(figure(second, name));
});

test("how far the last rebuild of a read model has come is told", async () => {
  expect(await metricsText(runtime)).not.toContain("daybook_rebuild_state{");
  await rebuildBeside(runtime, accountBalances);
  const text = await metricsText(runtime);
  expect(figure(text, 'daybook_rebuild_state{projection="account_balances",state="swapped"}')).toBe(1);
  expect(figure(text, 'daybook_rebuild_done_events{projection="account_balances"}')).toBe(2);
  expect(figure(text, 'daybook_rebuild_target_events{projection="account_balances"}')).toBe(2);
  expect(text).not.toContain("daybook_rebuild_events_per_second{");
});
