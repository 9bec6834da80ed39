import { execFileSync, spawnSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { canonicalJson } from "../event-log/canonical-json";
import { hashEvent, hashedText, noHash } from "../event-log/hash";
import { commandText } from "./command-chain";
import { hashLeaf, leafText } from "./leaf";
import { nodeHash } from "./merkle/hashes";
import { isSignedBy, noSeal, parseSealLine, sealHash, sealText } from "./seal";

// Strangers check a book by docs/format.md: its commands are run here, and its bytes must be those of the product.

const page = readFileSync(new URL("../../docs/format.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/```sh\n(.*?)```\n+```text\n(.*?)\n```/gs)];
const examples = blocks.map(([, commands = "", printed = ""]) => ({ commands, printed, text: jsonIn(commands) }));
const [opened, deposited, opening, deposit, firstLeaf, secondLeaf, root, seal, signature, ...others] = examples;
if (!opened || !deposited || !opening || !deposit || !firstLeaf || !secondLeaf || !root || !seal || !signature)
  throw new Error("docs/format.md has fewer examples than there were");

/** The JSON that a command prints, put together from its quoted parts. */
function jsonIn(commands: string): string {
  const parts = [...commands.matchAll(/^ {4}'(.*?)'/gm)].map(([, part = ""]) => part);
  const json = parts.join("");
  return json.slice(Math.max(0, json.indexOf("{")));
}

const bytesOf = ({ printed }: { printed: string }) => Buffer.from(printed.slice(0, 64), "hex");
const run = (commands: string) => execFileSync("bash", ["-c", commands], { encoding: "utf8" }).trim();

test("the commands of the page print what it says", () => {
  expect(page.match(/```sh/g)).toHaveLength(blocks.length); // none is left out for having no output beside it
  expect(others).toEqual([]);
  for (const { commands, printed } of examples.slice(0, -1)) expect(run(commands)).toBe(printed);
});

// Where a run must prove it with the program itself, DAYBOOK_REQUIRE_OPENSSL says so.
const needed = process.env.DAYBOOK_REQUIRE_OPENSSL === "1";
const version = spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout ?? "";
test.skipIf(!needed && !version.startsWith("OpenSSL 3"))("OpenSSL finds the seal of the page signed by its key", () => {
  expect(run(signature.commands)).toBe(signature.printed);
});

test("the events of the page have the texts and hashes of the product", () => {
  let previous: Buffer = noHash;
  for (const example of [opened, deposited]) {
    const { format, effectiveAt, version, schemaVersion, ...rest } = JSON.parse(example.text);
    expect({ format, effectiveAt }).toEqual({ format: "daybook.event.1" });
    const event = { ...rest, version: Number(version), schemaVersion: Number(schemaVersion) };
    expect(hashedText(event)).toBe(example.text);
    expect(hashEvent(previous, event)).toEqual(bytesOf(example));
    previous = bytesOf(example);
  }
});

test("the line of the export that the page shows is that of its first event", () => {
  const [, shown = ""] = /```json\n(.*?)```/s.exec(page) ?? [];
  const { position, recordedAt, hash, effectiveAt, ...event } = JSON.parse(shown.replace(/\n */g, ""));
  const { bookId, format, ...hashed } = JSON.parse(opened.text);
  expect(event).toEqual(hashed);
  expect(effectiveAt).toBeNull();
  expect(leafText({ position, recordedAt: new Date(recordedAt), hash: Buffer.from(hash, "hex") })).toBe(firstLeaf.text);
});

test("the commands, leaves, root and seal of the page are those of the product", () => {
  for (const { text } of [opening, deposit]) {
    const { format, ...row } = JSON.parse(text);
    expect(commandText(row)).toBe(text);
    for (const column of ["input", "outcome", "versions", "context"])
      expect(canonicalJson(JSON.parse(row[column])).length).toBeGreaterThan(1);
  }
  for (const [leaf, event] of [
    [firstLeaf, opened],
    [secondLeaf, deposited],
  ] as const) {
    const { position, recordedAt } = JSON.parse(leaf.text);
    const facts = { position: BigInt(position), recordedAt: new Date(recordedAt), hash: bytesOf(event) };
    expect(leafText(facts)).toBe(leaf.text);
    expect(hashLeaf(facts)).toEqual(bytesOf(leaf));
  }
  expect(nodeHash(bytesOf(firstLeaf), bytesOf(secondLeaf))).toEqual(bytesOf(root));

  const [, base64 = ""] = /echo '(.*?)'/.exec(signature.commands) ?? [];
  const [, pem = ""] = /\n {4}'([^']{60})' \\\n/.exec(signature.commands) ?? [];
  const parsed = parseSealLine(`${seal.text} ${base64}`);
  expect(sealText(parsed)).toBe(seal.text);
  expect(parsed).toMatchObject({ root: bytesOf(root), commands: { count: 2n, hash: bytesOf(deposit) }, previous: noSeal });
  expect(sealHash(parsed)).toEqual(bytesOf(seal));
  const key = createPublicKey({ key: Buffer.from(pem, "base64"), format: "der", type: "spki" });
  expect(isSignedBy(parsed, key)).toBe(true);
});
