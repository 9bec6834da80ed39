import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readSecrets } from "@/infra/config/secrets";
import { sealOnce } from "@/infra/seals/seal-once";
import { appendForged } from "@/infra/testing/append-forged";
import { customer, openAccount } from "@/infra/testing/test-bank";
import { operatedBank } from "./testing/operated-bank";

// What an operator types once something was found wrong, from the list to the account that takes
// commands again.

const bank = await operatedBank();
afterAll(() => bank.close());

test("the terminal lists what was found, accepts it with a reason, and releases the account that was closed for it", async () => {
  const runtime = bank.runtime(await bank.start());
  const review = (...words: string[]) => bank.terminal(["review", ...words]);
  expect(await review()).toMatchObject({ code: 0, said: expect.stringContaining("Nothing was found wrong") });

  const accountId = await openAccount(runtime, customer());
  await appendForged(runtime.pools.writer, accountId, { hash: "ab".repeat(32) });
  const data = bank.folder("first");
  await sealOnce({ pool: runtime.pools.sealer, keys: readSecrets(data), file: path.join(data, "seals.txt") });

  const listed = await review();
  expect(listed).toMatchObject({ code: 1, said: expect.stringContaining(`${accountId} takes no commands`) });
  const finding = /^(\d+) {2}/m.exec(listed.said)?.[1] ?? "";
  const reason = ["--reason", "looked into it with two colleagues"];
  expect(await review("accept", finding)).toMatchObject({ code: 2, said: expect.stringContaining("Usage:") });
  expect(await review("accept", "999", ...reason)).toMatchObject({ code: 1, said: expect.stringContaining("no finding 999") });
  expect(await review("release", accountId, ...reason)).toMatchObject({
    code: 1,
    said: expect.stringContaining("Accept them first"),
  });
  expect(await review("accept", finding, ...reason)).toMatchObject({
    code: 0,
    said: expect.stringContaining(`${accountId} stays closed until it is released`),
  });
  expect(await review("release", accountId, ...reason)).toMatchObject({
    code: 1,
    said: expect.stringContaining("--although-unsound"),
  });
  expect(await review("release", accountId, ...reason, "--although-unsound", accountId)).toMatchObject({
    code: 0,
    said: expect.stringContaining(`${accountId} takes commands again, although its history is not sound`),
  });
});
