import { beforeAll, expect, test } from "vitest";
import { testRuntime } from "@/infra/testing/test-runtime";
import { exportLog } from "./export-log";
import { makeHistory } from "./test-history";

const { database, runtime } = await testRuntime();
beforeAll(async () => {
  await makeHistory(runtime, { accounts: 2, commands: 60, seed: 9 });
});

async function read(after?: bigint) {
  let text = "";
  for await (const { lines } of exportLog(runtime.pool, after === undefined ? {} : { after })) text += lines;
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test("an export is the whole log in order, as stored, without clear text", async () => {
  const { rows } = await database.pool.query(
    "select position, data, metadata, recorded_at, encode(hash, 'hex') as hash from events order by position",
  );
  const lines = await read();
  expect(
    lines.map(({ position, data, metadata, recordedAt, hash }) => ({
      position: BigInt(position),
      data,
      metadata,
      recorded_at: new Date(recordedAt),
      hash,
    })),
  ).toEqual(rows);
  expect(JSON.stringify(lines)).not.toContain("rent ");
  expect(lines.some(({ data }) => data.description?.enc === "1")).toBe(true);
});

test("it goes on from a position", async () => {
  const all = await read();
  expect(await read(40n)).toEqual(all.slice(40));
});
