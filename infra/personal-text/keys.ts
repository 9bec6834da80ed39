import { randomBytes } from "node:crypto";
import { newId } from "../ids";
import { type DataKey, decrypt, encrypt } from "./cipher";

export type { DataKey } from "./cipher";

const KEY_BYTES = 32;
const IV_BYTES = 12;

/** A new account's data key: `wrapped` goes to the table, `key` seals. */
export function createAccountKey(master: Buffer): DataKey & { wrapped: Buffer } {
  const keyId = newId("key");
  const key = randomBytes(KEY_BYTES);
  return { keyId, key, wrapped: wrapKey(master, { keyId, key }) };
}

/** AES-256-GCM under the master key, bound to the key id: nonce, ciphertext, tag. */
export function wrapKey(master: Buffer, { keyId, key }: DataKey): Buffer {
  const iv = randomBytes(IV_BYTES);
  return Buffer.concat([iv, encrypt(master, iv, additional(keyId), key)]);
}

/** @throws when the master key is not the one it was wrapped with, or the row was altered. */
export function unwrapKey(master: Buffer, keyId: string, wrapped: Buffer): DataKey {
  try {
    return { keyId, key: decrypt(master, wrapped.subarray(0, IV_BYTES), additional(keyId), wrapped.subarray(IV_BYTES)) };
  } catch (cause) {
    throw new Error(`The data key ${keyId} does not open with this master key`, { cause });
  }
}

function additional(keyId: string): Buffer {
  return Buffer.from(`daybook.key.1\n${keyId}`, "utf8");
}
