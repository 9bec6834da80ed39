import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { canonicalJson } from "../canonical-json";
import { type EventMetadata, parseMetadata } from "./metadata";

const examples = JSON.parse(readFileSync(new URL("./fixtures/metadata.v1.json", import.meta.url), "utf8")) as EventMetadata[];
const [example] = examples;

test.each(examples)("metadata of $channel by $actor is read as it was written, without numbers", (metadata) => {
  expect(parseMetadata(metadata)).toEqual(metadata);
  expect(() => canonicalJson(metadata)).not.toThrow();
});

test("a newer version is named", () => {
  expect(() => parseMetadata({ ...example, v: "2" })).toThrow("metadata version 2, written by a newer Daybook");
});

test.each([
  ["a field too many", { name: "Ada" }],
  ["an e-mail for an actor", { actor: "ada@example.org" }],
  ["a version that is a number", { v: 1 }],
  ["an unknown role", { role: "king" }],
  ["an unknown channel", { channel: "post" }],
  ["a local time", { decidedAt: "2026-03-28T23:30:00+01:00" }],
  ["an imported mark other than yes", { imported: "no" }],
  ["no acting party at all", { actingFor: undefined }],
])("%s is refused", (_, change) => {
  expect(() => parseMetadata({ ...example, ...change })).toThrow();
});
