import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type HashedEvent, hashEvent, hashedText, noHash } from "./hash";

type Vector = {
  name: string;
  previous: string;
  event: Omit<HashedEvent, "effectiveAt"> & { effectiveAt?: string };
  text: string;
  hash: string;
};

// These bytes are in every book. If one of them changes, no existing book can be proven any more.
const vectors = JSON.parse(readFileSync(new URL("./hash.vectors.json", import.meta.url), "utf8")) as Vector[];

test.each(vectors)("golden vector: $name", ({ previous, event: { effectiveAt, ...event }, text, hash }) => {
  const hashed = { ...event, effectiveAt: effectiveAt === undefined ? null : new Date(effectiveAt) };
  expect(hashedText(hashed)).toBe(text);
  expect(hashEvent(Buffer.from(previous, "hex"), hashed).toString("hex")).toBe(hash);
  expect(
    createHash("sha256")
      .update(Buffer.concat([Buffer.from(previous, "hex"), Buffer.from(text, "utf8")]))
      .digest("hex"),
  ).toBe(hash);
});

test("the vectors form one chain from 32 zero bytes", () => {
  expect(vectors[0]?.previous).toBe("00".repeat(32));
  for (const [i, { previous }] of vectors.entries()) if (i > 0) expect(previous).toBe(vectors[i - 1]?.hash);
});

const event: HashedEvent = {
  bookId: "book_1",
  streamId: "acc_1",
  version: 1,
  type: "AccountClosed",
  schemaVersion: 1,
  data: {},
  metadata: { v: "1" },
};

test.each([
  ["book", { bookId: "book_2" }],
  ["stream", { streamId: "acc_2" }],
  ["version", { version: 2 }],
  ["type", { type: "AccountOpened" }],
  ["schema version", { schemaVersion: 2 }],
  ["data", { data: { x: "" } }],
  ["metadata", { metadata: { v: "2" } }],
  ["effective time", { effectiveAt: new Date(0) }],
])("another %s is another hash", (_, change) => {
  expect(hashEvent(noHash, { ...event, ...change })).not.toEqual(hashEvent(noHash, event));
});

test("another previous hash is another hash, and one of another length is none", () => {
  expect(hashEvent(Buffer.alloc(32, 1), event)).not.toEqual(hashEvent(noHash, event));
  expect(() => hashEvent(Buffer.alloc(31), event)).toThrow(/32 bytes/);
});

test("numbers in data or metadata, and versions that are none, are not hashed", () => {
  expect(() => hashEvent(noHash, { ...event, data: { amount: 1 } })).toThrow(TypeError);
  expect(() => hashEvent(noHash, { ...event, version: 0 })).toThrow(/from 1/);
  expect(() => hashEvent(noHash, { ...event, version: 1.5 })).toThrow(/from 1/);
});
