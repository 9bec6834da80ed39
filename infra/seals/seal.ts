import { createHash, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../event-log/canonical-json";
import type { SealedCommands } from "./command-chain";
import type { SealKey } from "./seal-key";

/** A signed tree head: what the log's first `size` events were at that time, the commands decided up to then, and which seal came before. */
export type Seal = SealFacts & { signature: Buffer };

export type SealFacts = {
  bookId: string;
  size: bigint;
  root: Buffer;
  /** Null: of the format before, which said nothing of them. */
  commands: SealedCommands | null;
  sealedAt: Date;
  keyId: string;
  previous: Buffer;
};

/** Stands before the first seal. */
export const noSeal: Buffer = Buffer.alloc(32);

export function signSeal(facts: SealFacts, { privateKey }: SealKey): Seal {
  return { ...facts, signature: sign(null, Buffer.from(sealText(facts)), privateKey) };
}

export function isSignedBy(seal: Seal, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(sealText(seal)), publicKey, seal.signature);
}

/** Names the seal in the one after it. */
export function sealHash(facts: SealFacts): Buffer {
  return createHash("sha256").update(sealText(facts)).digest();
}

/** The very text that is signed: RFC 8785, format "daybook.seal.2", or "daybook.seal.1" where nothing is said of commands. It has no spaces. */
export function sealText({ bookId, size, root, commands, sealedAt, keyId, previous }: SealFacts): string {
  return canonicalJson({
    format: commands ? "daybook.seal.2" : "daybook.seal.1",
    ...(commands && { commands: commands.count.toString(), commandsHash: commands.hash.toString("hex") }),
    bookId,
    size: size.toString(),
    root: root.toString("hex"),
    sealedAt: sealedAt.toISOString(),
    keyId,
    previous: previous.toString("hex"),
  });
}

/** The seal as people and files carry it: the signed text, a space, the signature in base64. */
export function sealLine(seal: Seal): string {
  return `${sealText(seal)} ${seal.signature.toString("base64")}`;
}

const hex32 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((text) => Buffer.from(text, "hex"));
const facts = {
  bookId: z.string(),
  size: z
    .string()
    .regex(/^[1-9]\d{0,18}$/)
    .transform(BigInt),
  root: hex32,
  sealedAt: z.iso.datetime({ precision: 3 }).transform((text) => new Date(text)),
  keyId: z.string(),
  previous: hex32,
};
const count = z
  .string()
  .regex(/^(0|[1-9]\d{0,18})$/)
  .transform(BigInt);
const shape = z.discriminatedUnion("format", [
  z.strictObject({ format: z.literal("daybook.seal.1"), ...facts }),
  z.strictObject({ format: z.literal("daybook.seal.2"), ...facts, commands: count, commandsHash: hex32 }),
]);

/** @throws for a line that no sealer wrote. Does not check the signature. */
export function parseSealLine(line: string): Seal {
  const [text = "", signature = "", ...rest] = line.split(" ");
  const parsed = shape.parse(JSON.parse(text));
  const commands = parsed.format === "daybook.seal.2" ? { count: parsed.commands, hash: parsed.commandsHash } : null;
  const { bookId, size, root, sealedAt, keyId, previous } = parsed;
  const seal = { bookId, size, root, commands, sealedAt, keyId, previous, signature: Buffer.from(signature, "base64") };
  if (rest.length > 0 || sealLine(seal) !== line) throw new Error("not in the form in which seals are written");
  return seal;
}
