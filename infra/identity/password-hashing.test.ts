import { expect, test } from "vitest";
import { GateFull } from "@/infra/identity/bounded-gate";
import { hashPassword, inHashingLane, verifyPassword } from "@/infra/identity/password-hashing";

test("hashes are argon2id of at least 19 MiB, two passes, one lane", async () => {
  const hash = await hashPassword("a lantern on the quay");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword({ hash, password: "a lantern on the quay" })).toBe(true);
  expect(await verifyPassword({ hash, password: "a lantern on the key" })).toBe(false);
});

test("an accent typed as two characters is the same password", async () => {
  const hash = await hashPassword("caf\u00e9 at seven o'clock");
  expect(await verifyPassword({ hash, password: "cafe\u0301 at seven o'clock" })).toBe(true);
});

test("a flood of hashes is turned away and the rest are answered", async () => {
  const results = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => hashPassword(`flood number ${i}`)));
  const refused = results.filter((result) => result.status === "rejected");
  expect(refused).toHaveLength(5); // 3 running and 32 waiting
  expect(refused.every((result) => result.reason instanceof GateFull)).toBe(true);
});

test("strangers who fill their lane do not hold up an owner", async () => {
  const flood = Promise.allSettled(Array.from({ length: 60 }, (_, i) => hashPassword(`flood number ${i}`)));
  const owner = inHashingLane("owner", async () => {
    await Promise.resolve();
    return hashPassword("a lantern on the quay");
  });
  expect(await owner).toMatch(/^\$argon2id\$/);
  expect((await flood).filter(({ status }) => status === "rejected")).toHaveLength(25);
});
