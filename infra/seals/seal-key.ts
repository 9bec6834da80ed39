import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** `id`: the first 16 hex digits of the SHA-256 of the public key's 32 bytes. */
export type SealKey = { id: string; privateKey: KeyObject; publicKey: KeyObject };

const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex"); // RFC 8410: an Ed25519 private key follows

/** The Ed25519 key pair that the seal secret of 32 bytes stands for. */
export function sealKey(secret: Buffer): SealKey {
  if (secret.length !== 32) throw new Error(`The seal key has 32 bytes, not ${secret.length}`);
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, secret]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  const id = createHash("sha256")
    .update(publicKey.export({ format: "der", type: "spki" }).subarray(-32))
    .digest("hex")
    .slice(0, 16);
  return { id, privateKey, publicKey };
}
