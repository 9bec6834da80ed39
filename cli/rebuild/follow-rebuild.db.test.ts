import { expect, test, vi } from "vitest";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountBalances } from "@/projections/account-balances/projection";
import { cancelRebuild, requestRebuild } from "@/projections/rebuild-beside/requests";
import { followRebuild } from "./follow-rebuild";

const { database, runtime } = await testRuntime();

test("a terminal that follows a rebuild tells who cancelled it by name, and what is no person as it is", async () => {
  await database.owner.query(
    "insert into users (id, email, name, role) values ('u1', 'sam@example.org', 'Sam Okafor', 'operator')",
  );
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  for (const askedBy of ["u1", "terminal"]) {
    await requestRebuild(runtime, accountBalances.name, { askedBy: "terminal" });
    await cancelRebuild(runtime, accountBalances.name, { askedBy });
    expect(await followRebuild(runtime, accountBalances, "terminal")).toBe(1);
  }
  expect(said.mock.calls.flat()).toEqual([
    "The rebuild of account_balances is cancelled by Sam Okafor.",
    "The rebuild of account_balances is cancelled by terminal.",
  ]);
});
