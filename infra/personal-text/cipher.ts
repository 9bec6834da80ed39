import { createCipheriv, createDecipheriv } from "node:crypto";
import type { PersonalText } from "@/domain/personal-text";
import { pooledRandomBytes } from "@/infra/random-bytes";

/** An account's data key as it is used; at rest it is wrapped by the master key. */
export type DataKey = { keyId: string; key: Buffer };

export type SealedText = Extract<PersonalText, { enc: "1" }>;

/** Where the text stands; bound to the ciphertext, so a text moved to another account or field does not open. */
export type TextPlace = { streamId: string; field: string };

const IV_BYTES = 12; // 96 random bits: safe to 2^32 texts under one key (NIST SP 800-38D §8.3), and a key serves one account
const TAG_BYTES = 16;

/** AES-256-GCM. The result is what the log, the commands and their hashes hold. */
export function sealText({ keyId, key }: DataKey, { text, ...place }: TextPlace & { text: string }): SealedText {
  const iv = pooledRandomBytes(IV_BYTES);
  return {
    enc: "1",
    key: keyId,
    iv: iv.toString("base64url"),
    ct: encrypt(key, iv, additional(place), Buffer.from(text, "utf8")).toString("base64url"),
  };
}

/** @throws when key, place or ciphertext are not those of the sealing. */
export function openText({ key }: DataKey, sealed: SealedText, place: TextPlace): string {
  const iv = Buffer.from(sealed.iv, "base64url");
  return decrypt(key, iv, additional(place), Buffer.from(sealed.ct, "base64url")).toString("utf8");
}

/** Ciphertext followed by its tag. */
export function encrypt(key: Buffer, iv: Buffer, additionalData: Buffer, clear: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(additionalData);
  return Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

export function decrypt(key: Buffer, iv: Buffer, additionalData: Buffer, sealed: Buffer): Buffer {
  const tagAt = sealed.length - TAG_BYTES;
  if (tagAt < 0) throw new Error("A sealed text is too short to be one");
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES })
    .setAAD(additionalData)
    .setAuthTag(sealed.subarray(tagAt));
  return Buffer.concat([decipher.update(sealed.subarray(0, tagAt)), decipher.final()]);
}

function additional({ streamId, field }: TextPlace): Buffer {
  return Buffer.from(`daybook.text.1\n${streamId}\n${field}`, "utf8");
}
