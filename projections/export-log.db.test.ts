import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBook } from "@/infra/book/book";
import { createRuntime } from "@/infra/runtime";
import { sealKey } from "@/infra/seals/seal-key";
import { sealOnce } from "@/infra/seals/seal-once";
import { testDatabase } from "@/infra/testing/test-database";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { exportLog } from "./export-log";
import { makeHistory } from "./test-history";
import { checkExport } from "./testing/check-export";

const { database, runtime } = await testRuntime();
const folder = mkdtempSync(path.join(tmpdir(), "daybook-export-"));
const file = path.join(folder, "seals.txt");
beforeAll(async () => {
  for (const seed of [9, 10]) {
    await makeHistory(runtime, { accounts: 2, commands: 60, seed });
    await sealOnce({ pool: database.pools.sealer, keys: testSecrets, file });
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(after = 0n, bank: Parameters<typeof exportLog>[0] = runtime): Promise<string> {
  let text = "";
  for await (const { lines } of exportLog(bank, { after })) text += lines;
  return text;
}

const linesOf = (text: string) => text.split("\n").filter(Boolean);

async function readEvents(after?: bigint) {
  return linesOf(await read(after))
    .slice(1)
    .map((line) => JSON.parse(line));
}

test("an export is the whole log in order, as stored, without clear text", async () => {
  const { rows } = await database.pool.query(
    "select position, data, metadata, recorded_at, encode(hash, 'hex') as hash from events order by position",
  );
  const lines = await readEvents();
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

test("its first line says whose book it is, where it ends, and by which key its seals are checked", async () => {
  const [first = "", ...events] = linesOf(await read());
  const { id, zone } = await readBook(database.pool);
  const { position, hash } = JSON.parse(events.at(-1) ?? "");
  const key = sealKey(testSecrets.seal);
  const publicKey = key.publicKey.export({ format: "pem", type: "spki" });
  expect(JSON.parse(first)).toEqual({
    ...{ format: "daybook.export", version: "1", bookId: id, zone, demo: false, keyId: key.id, publicKey },
    ...{ after: "0", head: { position, hash }, exportedAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) },
  });
  for (const secret of [testSecrets.seal, testSecrets.master, testSecrets.hmac])
    for (const coding of ["hex", "base64"] as const) expect(first).not.toContain(secret.toString(coding));
});

test("it goes on from a position, and says so; after the end there is nothing to go on from", async () => {
  const all = await readEvents();
  expect(await readEvents(40n)).toEqual(all.slice(40));
  expect(JSON.parse(linesOf(await read(40n))[0] ?? "")).toMatchObject({ after: "40", head: { position: `${all.length}` } });
  expect(await readEvents(BigInt(all.length))).toEqual([]);
  await expect(read(BigInt(all.length + 1))).rejects.toThrow(`the log ends at position ${all.length}`);
});

test("a stranger proves an export by what docs/format.md says: chains, positions, head, and the seals over it", async () => {
  const events = (await readEvents()).length;
  expect(checkExport(await read(), readFileSync(file, "utf8"))).toMatchObject({ events, seals: 2 });
});

test("the stranger finds whatever was changed in an export", async () => {
  const text = await read();
  const lines = text.trimEnd().split("\n");
  const [third = "", fourth = ""] = lines.slice(3);
  const changed: [what: string, text: string, found: RegExp][] = [
    ["an amount", text.replace(/"minorUnits" ?: ?"(\d)/, '"minorUnits":"9$1'), /its hash is not that/],
    ["an actor", text.replace(/"actor" ?: ?"usr_./, '"actor":"usr_x'), /its hash is not that/],
    ["the book", text.replace(/"bookId":"book_./, '"bookId":"book_x'), /its hash is not that/],
    ["a line less", text.replace(`${third}\n`, ""), /out of place/],
    ["two lines swapped", text.replace(`${third}\n${fourth}`, `${fourth}\n${third}`), /out of place/],
    ["no last line", `${lines.slice(0, -1).join("\n")}\n`, /the end is not the head/],
    ["another time", text.replace(/"recordedAt" ?: ?"2/, '"recordedAt":"1'), /has another root/],
    ["another key", text.replace(/"publicKey":"[^"]+"/, `"publicKey":${otherKey()}`), /not of this book's key/],
  ];
  for (const [what, exported, found] of changed) {
    expect(exported, what).not.toBe(text);
    expect(() => checkExport(exported, readFileSync(file, "utf8")), what).toThrow(found);
  }
});

function otherKey(): string {
  return JSON.stringify(sealKey(Buffer.alloc(32, 1)).publicKey.export({ format: "pem", type: "spki" }));
}

test("an empty book is exported as a header alone, and is sound", async () => {
  const empty = await testDatabase();
  const bank = createRuntime({ urls: empty.urls, keys: testSecrets });
  try {
    expect(checkExport(await read(0n, bank))).toMatchObject({ events: 0, header: { head: { position: "0" } } });
  } finally {
    await bank.close();
    await empty.drop();
  }
});
