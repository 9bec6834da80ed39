import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { type DataKey, openText, sealText } from "./cipher";
import { createAccountKey, unwrapKey, wrapKey } from "./keys";

const dataKey: DataKey = { keyId: "key_1", key: Buffer.alloc(32, 7) };
const place = { streamId: "acc_1", field: "description" };

test.each(["rent", "", "給料 🍰", "x".repeat(560)])("%j is opened as it was sealed", (text) => {
  const sealed = sealText(dataKey, { ...place, text });
  expect(sealed).toMatchObject({ enc: "1", key: "key_1" });
  expect(openText(dataKey, sealed, place)).toBe(text);
});

test("the sealed form shows neither the text nor that two texts are equal", () => {
  const [a, b] = [sealText(dataKey, { ...place, text: "salary" }), sealText(dataKey, { ...place, text: "salary" })];
  expect(a.ct).not.toBe(b.ct);
  expect(a.iv).not.toBe(b.iv);
  expect(Buffer.from(a.ct, "base64url").includes("salary")).toBe(false);
});

test("a text moved to another account or field does not open", () => {
  const sealed = sealText(dataKey, { ...place, text: "rent" });
  expect(() => openText(dataKey, sealed, { ...place, streamId: "acc_2" })).toThrow();
  expect(() => openText(dataKey, sealed, { ...place, field: "payee" })).toThrow();
});

test("every flipped bit of the ciphertext, its tag or its nonce is noticed, and so is another key", () => {
  const sealed = sealText(dataKey, { ...place, text: "rent" });
  for (const part of ["ct", "iv"] as const) {
    const bytes = Buffer.from(sealed[part], "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => openText(dataKey, { ...sealed, [part]: altered.toString("base64url") }, place)).toThrow();
    }
  }
  expect(() => openText({ ...dataKey, key: Buffer.alloc(32, 8) }, sealed, place)).toThrow();
  expect(() => openText(dataKey, { ...sealed, ct: "" }, place)).toThrow();
});

test("a new account's key is its own, and is found again under the master key alone", () => {
  const master = randomBytes(32);
  const created = createAccountKey(master);
  expect(created.keyId).toMatch(/^key_[0-9a-hjkmnp-tv-z]{26}$/);
  expect(created.key).toHaveLength(32);
  expect(created.wrapped).toHaveLength(60);
  expect(created.wrapped.includes(created.key)).toBe(false);
  expect(unwrapKey(master, created.keyId, created.wrapped)).toEqual({ keyId: created.keyId, key: created.key });
  expect(createAccountKey(master).key).not.toEqual(created.key);
});

test("a key does not open under another master key or another name", () => {
  const master = randomBytes(32);
  const wrapped = wrapKey(master, dataKey);
  expect(() => unwrapKey(randomBytes(32), "key_1", wrapped)).toThrow("The data key key_1 does not open with this master key");
  expect(() => unwrapKey(master, "key_2", wrapped)).toThrow(/key_2/);
});
