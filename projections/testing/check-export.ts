import { createHash, createPublicKey, verify } from "node:crypto";

// What docs/format.md says, in code that shares nothing with the product: a stranger's check of an export.

// biome-ignore lint/suspicious/noExplicitAny: a stranger has no types of ours
type Line = Record<string, any>;

const sha256 = (...parts: (string | Buffer)[]) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical((value as Line)[name])}`).join(",")}}`;
}

/** Throws at the first thing that is wrong; returns the header and how many events and seals were checked. */
export function checkExport(exported: string, sealFile = "") {
  const [header, ...events] = exported
    .trimEnd()
    .split("\n")
    .map((line): Line => JSON.parse(line)) as [Line, ...Line[]];
  if (header.format !== "daybook.export" || header.version !== "1") throw new Error("not this format");
  const streams = new Map<string, { version: bigint; hash: Buffer }>();
  const leaves: Buffer[] = [];
  for (const { position, recordedAt, hash, effectiveAt, ...event } of events) {
    if (BigInt(position) !== BigInt(leaves.length + 1)) throw new Error(`position ${position} is out of place`);
    const before = streams.get(event.streamId) ?? { version: 0n, hash: Buffer.alloc(32) };
    if (BigInt(event.version) !== before.version + 1n) throw new Error(`position ${position}: a version is missing`);
    const hashed = { ...event, ...(effectiveAt && { effectiveAt }), bookId: header.bookId, format: "daybook.event.1" };
    const own = sha256(before.hash, canonical(hashed));
    if (own.toString("hex") !== hash) throw new Error(`position ${position}: its hash is not that of its text`);
    streams.set(event.streamId, { version: BigInt(event.version), hash: own });
    leaves.push(sha256("\0", canonical({ format: "daybook.leaf.1", hash, position, recordedAt })));
  }
  const last = events.at(-1) ?? { position: "0", hash: "00".repeat(32) };
  if (header.head.position !== last.position || header.head.hash !== last.hash) throw new Error("the end is not the head");
  return { header, events: leaves.length, seals: checkSeals(sealFile, header, leaves) };
}

function checkSeals(sealFile: string, header: Line, leaves: readonly Buffer[]): number {
  let previous = Buffer.alloc(32).toString("hex");
  const lines = sealFile.split("\n").filter(Boolean);
  for (const [text = "", signature = ""] of lines.map((line) => line.split(" "))) {
    const seal: Line = JSON.parse(text);
    const signed = verify(null, Buffer.from(text), createPublicKey(header.publicKey), Buffer.from(signature, "base64"));
    if (!signed || seal.bookId !== header.bookId) throw new Error(`the seal over ${seal.size} is not of this book's key`);
    if (seal.previous !== previous) throw new Error(`the seal over ${seal.size} does not follow the one before`);
    const covered = leaves.slice(0, Number(seal.size));
    if (covered.length !== Number(seal.size) || rootOf(covered).toString("hex") !== seal.root)
      throw new Error(`the seal over ${seal.size} has another root`);
    previous = sha256(text).toString("hex");
  }
  return lines.length;
}

/** RFC 6962, section 2.1: the left half is the largest power of two below the count. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1 && leaves[0]) return leaves[0];
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256("\x01", rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}
